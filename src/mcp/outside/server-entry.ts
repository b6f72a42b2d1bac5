import * as z from 'zod';
import {canonicalJson} from '../../core/json.ts';

/** Name of a third party's server: the first word of the names of its tools, so it has no underscore. */
export const serverName = /^[a-z][a-z0-9-]{0,19}$/;

const variable = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/, 'must be the name of a variable, without a value');

const programEntry = z.strictObject({
	command: z.string().min(1).max(1000),
	args: z.array(z.string().max(4000)).max(100).optional(),
	/** Names of variables that the program is given beside the few that every program needs. */
	env: z.array(variable).max(50).optional(),
});

const addressEntry = z.strictObject({url: z.url().max(2048)});

/** How a server is reached: a program that is started, or an address. */
export const serverEntry = z.union([programEntry, addressEntry]);

export type ServerEntry = z.output<typeof serverEntry>;

/** What an approval was given to: the same tools behind another command or address are not approved. */
export const endpointOf = (entry: ServerEntry): string =>
	'url' in entry ? new URL(entry.url).href : canonicalJson({command: entry.command, args: entry.args ?? [], env: entry.env ?? []});

/** The command or the address on one line, for people. */
export const entryText = (entry: ServerEntry): string => ('url' in entry ? entry.url : [entry.command, ...(entry.args ?? [])].join(' '));
