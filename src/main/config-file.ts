import {readFile} from 'node:fs/promises';
import {isAbsolute, join} from 'node:path';
import {type Document, isNode, LineCounter, parseDocument} from 'yaml';
import * as z from 'zod';
import {MkcoaError} from '../core/error.ts';
import type {Host} from './host.ts';

export type ConfigFile<Schema extends z.ZodType> = {
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
	file: ConfigFile<Schema>,
): Promise<z.infer<Schema>> {
	const path = configPath(host, file.name);
	if (path === undefined) return file.schema.parse({});
	const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT') return undefined;
		throw badFile(path, file, error.message);
	});
	return text === undefined ? file.schema.parse({}) : parsedConfig(path, text, file);
}

/**
 * What the text of such a file says.
 * @throws the file's error with the line and the words that are wrong
 */
export function parsedConfig<Schema extends z.ZodType>(path: string, text: string, file: ConfigFile<Schema>): z.infer<Schema> {
	const lines = new LineCounter();
	const document = parseDocument(text, {lineCounter: lines});
	const [broken] = document.errors;
	if (broken !== undefined) throw badFile(path, file, broken.message.split('\n')[0] ?? '', broken.linePos?.[0].line);
	const parsed = file.schema.safeParse(document.toJS() ?? {});
	if (parsed.success) return parsed.data;
	throw badFile(
		path,
		file,
		z.prettifyError(parsed.error).replaceAll('\n', ' '),
		lineOf(document, lines, parsed.error.issues[0]?.path ?? []),
	);
}

export const badFile = (
	path: string,
	{code, what, next}: Pick<ConfigFile<z.ZodType>, 'code' | 'what' | 'next'>,
	why: string,
	line?: number,
) =>
	new MkcoaError({
		kind: 'usage',
		code,
		what: `${what} ${path} cannot be used${line === undefined ? '' : ` (line ${line})`}`,
		why,
		next,
		...(line === undefined ? {} : {line}),
	});

/** The line of a value, or of the nearest one around it: a field that is missing stands nowhere. */
function lineOf(document: Document.Parsed, lines: LineCounter, path: readonly PropertyKey[]): number | undefined {
	for (let length = path.length; length > 0; length -= 1) {
		const node = document.getIn(path.slice(0, length), true);
		if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
	}
	return undefined;
}
