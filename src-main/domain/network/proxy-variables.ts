/** Where the doors of a run's network are, inside of it. */
const PROXY = 'http://127.0.0.1:3128';
const OWN = 'localhost,127.0.0.1,::1';

/** Variables by which the common tools find the proxy: curl, git, npm, pip, go, cargo, apt, Node 24 and the Java tools. */
export const proxyVariables: Readonly<Record<string, string>> = {
  HTTP_PROXY: PROXY,
  HTTPS_PROXY: PROXY,
  ALL_PROXY: PROXY,
  http_proxy: PROXY,
  https_proxy: PROXY,
  all_proxy: PROXY,
  NO_PROXY: OWN,
  no_proxy: OWN,
  // Node 24 heeds the variables above only when told to.
  NODE_USE_ENV_PROXY: '1',
  CARGO_HTTP_PROXY: PROXY,
  JAVA_TOOL_OPTIONS: '-Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=3128 -Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=3128 -Dhttp.nonProxyHosts=localhost|127.*|[::1]',
};

/** The certificates that programs of the run trust: the image's own, and the authority of the run. */
export const TRUST_FILE = '/drydock/certificates.pem';
export const JAVA_TRUST_FILE = '/drydock/certificates.jks';

/** Variables by which the common tools find the certificates, where the proxy looks into connections. */
export const trustVariables: Readonly<Record<string, string>> = {
  NODE_EXTRA_CA_CERTS: TRUST_FILE,
  SSL_CERT_FILE: TRUST_FILE,
  CURL_CA_BUNDLE: TRUST_FILE,
  REQUESTS_CA_BUNDLE: TRUST_FILE,
  PIP_CERT: TRUST_FILE,
  GIT_SSL_CAINFO: TRUST_FILE,
  CARGO_HTTP_CAINFO: TRUST_FILE,
  npm_config_cafile: TRUST_FILE,
  AWS_CA_BUNDLE: TRUST_FILE,
  DENO_CERT: TRUST_FILE,
  JAVA_TOOL_OPTIONS: `${proxyVariables['JAVA_TOOL_OPTIONS']} -Djavax.net.ssl.trustStore=${JAVA_TRUST_FILE} -Djavax.net.ssl.trustStoreType=JKS -Djavax.net.ssl.trustStorePassword=changeit`,
};

/** The variables of a container whose network has the doors of a relay; `trusted`: the proxy looks into connections of its run. */
export const seatVariables = (trusted: boolean): Readonly<Record<string, string>> => (trusted ? { ...proxyVariables, ...trustVariables } : proxyVariables);
