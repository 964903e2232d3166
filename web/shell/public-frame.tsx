import { Outlet } from "react-router";

import { Frame } from "#web/shell/frame.tsx";

export default function PublicFrame() {
  return (
    <Frame>
      <Outlet />
    </Frame>
  );
}
