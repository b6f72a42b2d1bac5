import * as z from 'zod';
import {type BackendEntry, backendEntry} from '../../mcp/monitoring/configured/backend-entry.ts';
import {readConfigFile} from '../config-file.ts';
import type {Host} from '../host.ts';

const mostBackends = 50;

const file = z.strictObject({
	backends: z
		.record(z.string().regex(/^[a-z0-9][a-z0-9-]{0,49}$/, 'must be lower-case letters, digits and hyphens'), backendEntry)
		.refine(backends => Object.keys(backends).length <= mostBackends, `must be at most ${mostBackends} backends`)
		.nullish(),
});

/** The servers of monitoring that the person listed, in the order of the file. @throws MkcoaError `bad-monitoring` with the line that is wrong */
export async function readBackends(host: Pick<Host, 'env' | 'home'>): Promise<ReadonlyMap<string, BackendEntry>> {
	const {backends} = await readConfigFile(host, {
		name: 'monitoring.yaml',
		schema: file,
		code: 'bad-monitoring',
		what: 'The list of monitoring servers',
		next: 'Mend it: a backend has a type, a url, and how to sign in by reference (see docs/monitoring-servers.md)',
	});
	return new Map(Object.entries(backends ?? {}));
}
