import * as z from 'zod';
import {isLoopback} from '../../../core/loopback.ts';

const variable = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/, 'must be the name of a variable, without a value');

/** Where a secret stands; never the secret itself. */
const reference = z.union([z.strictObject({env: variable}), z.strictObject({file: z.string().min(1).max(4096)})], {
	error: 'must be {env: NAME} or {file: PATH}: no secret stands in this file',
});
export type Reference = z.output<typeof reference>;

const auth = z.union(
	[
		z.strictObject({bearer: reference}),
		z.strictObject({apiKey: reference}),
		z.strictObject({basic: z.strictObject({username: z.string().min(1).max(200), password: reference})}),
	],
	{error: 'must be {bearer: …}, {apiKey: …} or {basic: {username: …, password: …}}'},
);

const path = z.string().min(1).max(4096);
const tls = z
	.strictObject({ca: path.optional(), cert: path.optional(), key: path.optional(), serverName: z.string().max(253).optional()})
	.refine(({cert, key}) => (cert === undefined) === (key === undefined), 'must have cert and key, or neither');

/** Headers that say who asks hold secrets. */
const isTelling = (name: string) => /^(?:authorization|cookie|proxy-authorization)$|token|secret|password|api-?key/i.test(name);
const headers = z
	.record(
		z.string().regex(/^[A-Za-z0-9-]{1,100}$/, 'must be the name of a header'),
		z.union([z.string().regex(/^[\x20-\x7e]{0,1000}$/), reference]),
	)
	.refine(given => Object.entries(given).every(([name, value]) => typeof value !== 'string' || !isTelling(name)), {
		error: 'must name secrets by {env: NAME} or {file: PATH}: no secret stands in this file',
	});

const url = z
	.url({protocol: /^https?$/})
	.max(2048)
	.refine(text => {
		const {username, password} = new URL(text);
		return username === '' && password === '';
	}, 'must not hold a user or password: write auth');

const contexts = z.array(z.string().min(1)).max(100).optional();
const reached = {
	url,
	/** Contexts of the kubeconfig that it stands for; all of them if left out. */
	contexts,
	auth: auth.optional(),
	tls: tls.optional(),
	headers: headers.optional(),
	/** Who asks may be told over http, to a host that is not this one. */
	plainText: z.boolean().optional(),
};
const tenant = z.string().regex(/^[\w.:@-]{1,150}$/);

const prometheusEntry = z.strictObject({
	...{type: z.literal('prometheus'), ...reached},
	/** How `tenant` is told: to Mimir and Cortex, to Thanos, or in the path of VictoriaMetrics. */
	flavour: z.enum(['mimir', 'thanos', 'victoriametrics']).optional(),
	tenant: tenant.optional(),
});
const alertmanagerEntry = z.strictObject({type: z.literal('alertmanager'), ...reached, tenant: tenant.optional()});
const grafanaEntry = z.strictObject({type: z.literal('grafana'), ...reached});
const lokiEntry = z.strictObject({type: z.literal('loki'), ...reached, tenant: tenant.optional()});
const field = z.string().regex(/^[\w.@-]{1,200}$/);
const elasticsearchEntry = z.strictObject({
	...{type: z.literal('elasticsearch'), ...reached},
	index: z.string().regex(/^[\w.*,-]{1,500}$/, 'must be a pattern of indices, such as logs-*'),
	...{timeField: field.optional(), textField: field.optional()},
});
const datadogEntry = z.strictObject({
	...{type: z.literal('datadog'), contexts},
	/** `datadoghq.com` if left out. */
	site: z
		.string()
		.regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/)
		.optional(),
	...{apiKey: reference, applicationKey: reference},
});
const newRelicEntry = z.strictObject({
	...{type: z.literal('newrelic'), contexts},
	region: z.enum(['us', 'eu']).optional(),
	account: z.int().positive(),
	/** A user key: NerdGraph takes no other. */
	key: reference,
});

const tells = (entry: {readonly auth?: unknown; readonly headers?: z.output<typeof headers> | undefined}) =>
	entry.auth !== undefined || Object.values(entry.headers ?? {}).some(value => typeof value !== 'string');
const isEncrypted = (address: URL) => address.protocol === 'https:' || isLoopback(address);

/** One server of monitoring.yaml. */
export const backendEntry = z
	.discriminatedUnion('type', [
		prometheusEntry,
		alertmanagerEntry,
		grafanaEntry,
		lokiEntry,
		elasticsearchEntry,
		datadogEntry,
		newRelicEntry,
	])
	.refine(entry => !('url' in entry) || entry.plainText === true || !tells(entry) || isEncrypted(new URL(entry.url)), {
		error: 'would tell who asks in plain text: give it an https address, or write plainText: true',
		path: ['url'],
	})
	.refine(entry => entry.type !== 'prometheus' || entry.tenant === undefined || entry.flavour !== undefined, {
		error: 'must be mimir, thanos or victoriametrics where there is a tenant',
		path: ['flavour'],
	});

export type BackendEntry = z.output<typeof backendEntry>;
/** One that is reached by an address of its own. */
export type ReachedEntry = Extract<BackendEntry, {url: string}>;
