/**
 * Names under which anybody can have a place of their own, so that what is sent there can be sent to anybody. From the private
 * part of the Public Suffix List and from the reports of what is used to carry data away; it warns and refuses nothing, so
 * that it need not be complete.
 */
const PLACES_OF_ANYBODY: readonly string[] = [
  'amazonaws.com', 'amazonaws.com.cn', 'cloudfront.net', 'elasticbeanstalk.com', 'awsapprunner.com', 'on.aws',
  'windows.net', 'azurewebsites.net', 'azureedge.net', 'azurefd.net', 'azure-api.net', 'cloudapp.net', 'cloudapp.azure.com', 'azurestaticapps.net', 'trafficmanager.net', 'devtunnels.ms', 'sharepoint.com',
  'googleapis.com', 'googleusercontent.com', 'appspot.com', 'run.app', 'cloudfunctions.net', 'web.app', 'firebaseapp.com', 'firebaseio.com', 'blogspot.com',
  'github.io', 'githubusercontent.com', 'githubpreview.dev', 'app.github.dev', 'gitlab.io', 'bitbucket.io', 'codeberg.page', 'sr.ht',
  'pages.dev', 'workers.dev', 'r2.dev', 'r2.cloudflarestorage.com', 'trycloudflare.com',
  'herokuapp.com', 'vercel.app', 'now.sh', 'netlify.app', 'onrender.com', 'fly.dev', 'railway.app', 'deno.dev', 'deno.net', 'surge.sh', 'glitch.me', 'repl.co', 'replit.dev', 'replit.app', 'csb.app', 'stackblitz.io', 'webcontainer.io', 'supabase.co', 'hf.space',
  'digitaloceanspaces.com', 'ondigitalocean.app', 'backblazeb2.com', 'wasabisys.com', 'scw.cloud', 'oraclecloud.com', 'appdomain.cloud', 'aliyuncs.com', 'myqcloud.com', 'linodeobjects.com',
  'akamaized.net', 'akamaihd.net', 'edgekey.net', 'edgesuite.net', 'fastly.net', 'fastlylb.net', 'b-cdn.net', 'cdn77.org', 'dropboxusercontent.com',
  'ngrok.io', 'ngrok.app', 'ngrok.dev', 'ngrok-free.app', 'ngrok-free.dev', 'loca.lt', 'localhost.run', 'serveo.net', 'pinggy.link', 'ts.net',
  'duckdns.org', 'dyndns.org', 'no-ip.org', 'ddns.net', 'nip.io', 'sslip.io', 'xip.io', 'myshopify.com', 'wordpress.com', 'slack.com',
  'oast.fun', 'oast.pro', 'oast.live', 'oast.site', 'oast.online', 'oast.me', 'oastify.com', 'burpcollaborator.net', 'interact.sh', 'requestcatcher.com', 'pipedream.net', 'beeceptor.com',
];

/** Single names behind which everybody's things lie together: pastes, uploads, messages, raw files of any repository. */
const SHARED_BY_ALL: readonly string[] = [
  'gist.github.com', 'gist.githubusercontent.com', 'raw.githubusercontent.com', 'objects.githubusercontent.com', 'api.github.com', 'uploads.github.com',
  's3.amazonaws.com', 'storage.googleapis.com', 'drive.google.com', 'docs.google.com', 'script.google.com', 'forms.gle', 'api.dropboxapi.com', 'content.dropboxapi.com',
  'pastebin.com', 'paste.ee', 'paste.rs', 'paste.debian.net', 'dpaste.com', 'dpaste.org', 'hastebin.com', 'termbin.com', 'ix.io', 'sprunge.us', 'rentry.co', 'controlc.com', 'justpaste.it', 'privatebin.net',
  'transfer.sh', 'file.io', '0x0.st', 'bashupload.com', 'temp.sh', 'catbox.moe', 'litterbox.catbox.moe', 'gofile.io', 'api.gofile.io', 'wetransfer.com', 'tmpfiles.org', 'filebin.net',
  'webhook.site', 'requestbin.com', 'hookbin.com', 'postb.in', 'ntfy.sh', 'discord.com', 'discordapp.com', 'hooks.slack.com', 'api.telegram.org', 'api.notion.com', 'api.trello.com', 'api.imgur.com',
  'dns.google', 'cloudflare-dns.com', 'one.one.one.one', 'dns.quad9.net', 'dns.adguard-dns.com', 'doh.opendns.com',
];

/** Second levels under which registrars of countries sell names: `co.uk`, `com.au`. The same few words nearly everywhere. */
const SOLD_UNDER_COUNTRIES = new Set(['ac', 'ad', 'asn', 'blog', 'co', 'com', 'ed', 'edu', 'firm', 'gen', 'go', 'gob', 'gouv', 'gov', 'govt', 'gv', 'id', 'in', 'ind', 'info', 'lg', 'ltd', 'me', 'mil', 'ne', 'net', 'nhs', 'nic', 'nom', 'or', 'org', 'plc', 'police', 'pp', 'sch', 'school', 'web']);

/** Whether names right under this one are sold to anybody, so that a star before it means everybody. */
export const isPublicSuffix = (suffix: string): boolean => {
  const labels = suffix.split('.');
  if (labels.length === 1) return true;
  return labels.length === 2 && labels[1]?.length === 2 && SOLD_UNDER_COUNTRIES.has(labels[0] ?? '');
};

const isBelow = (name: string, suffix: string): boolean => name.endsWith(`.${suffix}`);

/** The name because of which `*.suffix` lets through what strangers can have; null: none that is known. */
export const broadUnder = (suffix: string): string | null =>
  [...PLACES_OF_ANYBODY, ...SHARED_BY_ALL].find((broad) => broad === suffix || isBelow(broad, suffix) || (PLACES_OF_ANYBODY.includes(broad) && isBelow(suffix, broad))) ?? null;

/** Whether one exact name is shared by strangers. Buckets in the path, `s3.region.…`, are as well. */
export const isSharedByAll = (name: string): boolean =>
  SHARED_BY_ALL.includes(name) || PLACES_OF_ANYBODY.includes(name) || (isBelow(name, 'amazonaws.com') && /^s3[.-]/.test(name));
