import { createServer, request, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";

/**
 * A line between a browser and the house that can be cut: a proxy that ends all it carries and takes nothing new.
 *
 * A browser that is told to be offline only starts nothing anew; what is open stays open.
 */
export async function aLine() {
  const ends = new Set<Duplex>();
  let isCut = false;
  const hold = (end: Duplex) => {
    ends.add(end);
    end.on("error", () => end.destroy()).on("close", () => ends.delete(end));
  };
  const server: Server = createServer((asked, reply) => {
    const onward = request(asked.url ?? "", { method: asked.method, headers: asked.headers }, (answer) => {
      reply.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(reply);
    });
    onward.on("error", () => reply.destroy());
    asked.pipe(onward);
  });
  server.on("connection", (socket: Socket) => {
    if (isCut) socket.destroy();
    else hold(socket);
  });
  server.on("connect", (asked, socket, head) => {
    const [host, port] = (asked.url ?? "").split(":");
    const onward = connect(Number(port), host, () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    hold(onward);
    socket.on("close", () => onward.destroy());
    onward.on("close", () => socket.destroy());
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    proxy: { server: `http://127.0.0.1:${port}` },
    cut: () => {
      isCut = true;
      for (const end of ends) end.destroy();
    },
    mend: () => {
      isCut = false;
    },
    close: () => server.close(),
  };
}
