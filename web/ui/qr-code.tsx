import type { QrPicture } from "#web/platform/qr-path.ts";

/** Black on white in every look: a camera needs the contrast, and a quiet white edge. */
export function QrCode({ picture, label, className = "" }: { picture: QrPicture; label: string; className?: string }) {
  return (
    <svg
      viewBox={`0 0 ${picture.size} ${picture.size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
      className={`block rounded-control ${className}`}
    >
      <rect width={picture.size} height={picture.size} fill="#fff" />
      <path d={picture.path} fill="#000" />
    </svg>
  );
}
