import {readFile} from 'node:fs/promises';
import {isAbsolute, join} from 'node:path';
import {parseDocument} from 'yaml';
import * as z from 'zod';
import {MkcoaError} from '../core/error.ts';
import {type Policy, policySchema} from '../core/policy/policy.ts';
import type {Host} from './host.ts';

/**
 * Where the person's own rules are kept: `$XDG_CONFIG_HOME/mkcoa/policy.yaml`, or below `~/.config`; undefined without an absolute place.
 * A relative `XDG_CONFIG_HOME` is ignored, as the XDG base directory specification wants.
 */
function policyPath({env: {XDG_CONFIG_HOME: base}, home}: Pick<Host, 'env' | 'home'>): string | undefined {
	if (base !== undefined && isAbsolute(base)) return join(base, 'mkcoa', 'policy.yaml');
	return home === undefined ? undefined : join(home, '.config', 'mkcoa', 'policy.yaml');
}

/**
 * The person's policy; no rules where there is no file.
 * @throws `bad-policy` with the line or the rule that is wrong: a policy that cannot be read must not be passed over
 */
export async function loadPolicy(host: Pick<Host, 'env' | 'home'>): Promise<Policy> {
	const path = policyPath(host);
	if (path === undefined) return policySchema.parse({});
	const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT') return undefined;
		throw badPolicy(path, error.message);
	});
	if (text === undefined) return policySchema.parse({});
	const document = parseDocument(text);
	const [broken] = document.errors;
	if (broken !== undefined) throw badPolicy(path, broken.message.split('\n')[0] ?? '', broken.linePos?.[0].line);
	const parsed = policySchema.safeParse(document.toJS() ?? {});
	if (!parsed.success) throw badPolicy(path, z.prettifyError(parsed.error).replaceAll('\n', ' '));
	return parsed.data;
}

const badPolicy = (path: string, why: string, line?: number) =>
	new MkcoaError({
		kind: 'usage',
		code: 'bad-policy',
		what: `The policy ${path} cannot be used${line === undefined ? '' : ` (line ${line})`}`,
		why,
		next: 'Mend it; until then nothing is changed',
		...(line === undefined ? {} : {line}),
	});
