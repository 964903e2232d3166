import { Outlet } from "react-router";

/** Always dark and without a head: the live room and the door, where the picture is everything. Pages bring their own `Main`. */
export default function BareFrame() {
  return (
    <div className="min-h-dvh scheme-dark bg-paper text-ink">
      <Outlet />
    </div>
  );
}
