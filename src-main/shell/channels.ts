/** Names of the messages between window and shell. Everything else goes over the port, by the contract. */
export const channels = {
  /** Page → shell: hand me a port to the service. Shell → page: the port; again whenever the service is a new one. */
  requestPort: 'drydock:request-port',
  port: 'drydock:port',
  pickFolder: 'drydock:pick-folder',
  openExternal: 'drydock:open-external',
} as const;
