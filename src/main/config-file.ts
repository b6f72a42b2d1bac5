import {readFile} from 'node:fs/promises';
import {isAbsolute, join} from 'node:path';
import {parseDocument} from 'yaml';
import * as z from 'zod';
import {MkcoaError} from '../core/error.ts';
import type {Host} from './host.ts';

type ConfigFile<Schema extends z.ZodType> = {
	/** `policy.yaml`, below the configuration folder of mkcoa. */
	readonly name: string;
	readonly schema: Schema;
	/** Of the error for a file that cannot be used: `bad-policy`, `The policy`, what to do. */
	readonly code: string;
	readonly what: string;
	readonly next: string;
};

/**
 * Where a file of the person's is kept: `$XDG_CONFIG_HOME/mkcoa/NAME`, or below `~/.config`; undefined without an absolute place.
 * A relative `XDG_CONFIG_HOME` is ignored, as the XDG base directory specification wants.
 */
export function configPath({env: {XDG_CONFIG_HOME: base}, home}: Pick<Host, 'env' | 'home'>, name: string): string | undefined {
	if (base !== undefined && isAbsolute(base)) return join(base, 'mkcoa', name);
	return home === undefined ? undefined : join(home, '.config', 'mkcoa', name);
}

/**
 * What a YAML file of the person's says; an empty object where there is no file.
 * @throws the file's error with the line or the words that are wrong: a file that cannot be read must not be passed over
 */
export async function readConfigFile<Schema extends z.ZodType>(
	host: Pick<Host, 'env' | 'home'>,
	{name, schema, code, what, next}: ConfigFile<Schema>,
): Promise<z.infer<Schema>> {
	const path = configPath(host, name);
	if (path === undefined) return schema.parse({});
	const bad = (why: string, line?: number) =>
		new MkcoaError({
			kind: 'usage',
			code,
			what: `${what} ${path} cannot be used${line === undefined ? '' : ` (line ${line})`}`,
			why,
			next,
			...(line === undefined ? {} : {line}),
		});
	const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT') return undefined;
		throw bad(error.message);
	});
	if (text === undefined) return schema.parse({});
	const document = parseDocument(text);
	const [broken] = document.errors;
	if (broken !== undefined) throw bad(broken.message.split('\n')[0] ?? '', broken.linePos?.[0].line);
	const parsed = schema.safeParse(document.toJS() ?? {});
	if (!parsed.success) throw bad(z.prettifyError(parsed.error).replaceAll('\n', ' '));
	return parsed.data;
}
