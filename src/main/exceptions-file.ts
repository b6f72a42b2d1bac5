import {exceptionsFileSchema} from '../agents/security/scan/exceptions-file.ts';
import type {Exception} from '../analysis/scan/exceptions.ts';
import {readConfigFile} from './config-file.ts';
import type {Host} from './host.ts';

/**
 * The exceptions from security checks that the person wrote down; none where there is no file.
 * @throws `bad-exceptions` with the line or the words that are wrong
 */
export const loadExceptions = async (host: Pick<Host, 'env' | 'home'>): Promise<readonly Exception[]> => {
	const {exceptions} = await readConfigFile(host, {
		name: 'security.yaml',
		schema: exceptionsFileSchema,
		code: 'bad-exceptions',
		what: 'The file of exceptions',
		next: 'Mend it: each exception has check, object, owner, reason and expires (see docs/security-scan.md)',
	});
	return exceptions;
};
