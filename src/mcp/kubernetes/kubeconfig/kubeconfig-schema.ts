import * as z from 'zod';

/** The YAML is read with every scalar as text, as Go reads it into string fields, so that `token: 0123` stays what it is. */
const absent = (value: unknown) => (value === '' || value === 'null' || value === '~' || value === null ? undefined : value);
const text = z.preprocess(absent, z.string().optional());
const required = z.string().min(1);
const flag = z.preprocess(
	absent,
	z
		.enum(['true', 'false'])
		.optional()
		.transform(value => value === 'true'),
);
const list = <Item extends z.ZodType>(item: Item) =>
	z.preprocess(
		absent,
		z
			.array(item)
			.optional()
			.transform(items => items ?? []),
	);

const cluster = z.object({
	server: required,
	'certificate-authority': text,
	'certificate-authority-data': text,
	'insecure-skip-tls-verify': flag,
	'tls-server-name': text,
	'proxy-url': text,
	'disable-compression': flag,
});

const exec = z.object({
	apiVersion: required,
	command: required,
	args: list(z.string()),
	env: list(z.object({name: z.string(), value: z.string()})),
	installHint: text,
	provideClusterInfo: flag,
	interactiveMode: text,
});

const user = z.preprocess(
	value => absent(value) ?? {},
	z.object({
		'client-certificate': text,
		'client-certificate-data': text,
		'client-key': text,
		'client-key-data': text,
		token: text,
		tokenFile: text,
		username: text,
		password: text,
		exec: z.preprocess(absent, exec.optional()),
		'auth-provider': z.preprocess(absent, z.object({name: z.string()}).optional()),
		as: text,
		'as-uid': text,
		'as-groups': list(z.string()),
		'as-user-extra': z.preprocess(absent, z.record(z.string(), z.array(z.string())).optional()),
	}),
);

const context = z.object({cluster: text, user: text, namespace: text});

/** One file, as `clientcmd/api/v1` of client-go writes it. Keys that mkcoa does not read pass unseen. */
export const kubeconfigSchema = z.object({
	'current-context': text,
	clusters: list(z.object({name: required, cluster})),
	users: list(z.object({name: required, user})),
	contexts: list(z.object({name: required, context})),
});

export type RawKubeconfig = z.output<typeof kubeconfigSchema>;
