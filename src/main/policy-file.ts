import {type Policy, policySchema} from '../core/policy/policy.ts';
import {readConfigFile} from './config-file.ts';
import type {Host} from './host.ts';

/**
 * The person's policy; no rules where there is no file.
 * @throws `bad-policy` with the line or the rule that is wrong
 */
export const loadPolicy = (host: Pick<Host, 'env' | 'home'>): Promise<Policy> =>
	readConfigFile(host, {
		name: 'policy.yaml',
		schema: policySchema,
		code: 'bad-policy',
		what: 'The policy',
		next: 'Mend it; until then nothing is changed',
	});
