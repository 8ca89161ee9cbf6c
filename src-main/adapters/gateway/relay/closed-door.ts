import type { Duplex } from 'node:stream';

const BODY = '{"error":{"type":"drydock","message":"this run has no model endpoint"}}\n';
const ANSWER = `HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nContent-Length: ${BODY.length}\r\nConnection: close\r\n\r\n${BODY}`;

/** Answers a connection through a door behind which nothing is, in words that its client can show. */
export const closedDoor = (connection: Duplex): void => {
  connection.resume();
  connection.end(ANSWER);
};
