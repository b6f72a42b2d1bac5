import {levelOf, minorOf, policyPrefix} from '../../../../analysis/pod-security/namespace-policy.ts';
import {podSecurityLevels} from '../../../../analysis/pod-security/standard.ts';
import type {StatusCause} from '../../../status-error.ts';
import {invalidValue} from '../validate/causes.ts';

/** Levels and versions that do not exist. */
export const policyCauses = (labels: {readonly [key: string]: string} = {}): readonly StatusCause[] =>
	['enforce', 'audit', 'warn'].flatMap(mode => {
		const level = labels[policyPrefix + mode];
		const version = labels[`${policyPrefix}${mode}-version`];
		return [
			...(level === undefined || levelOf(level) !== undefined
				? []
				: [invalidValue(`metadata.labels[${policyPrefix}${mode}]`, level, `must be one of ${podSecurityLevels.join(', ')}`)]),
			...(version === undefined || minorOf(version) !== undefined
				? []
				: [invalidValue(`metadata.labels[${policyPrefix}${mode}-version]`, version, 'must be "latest" or "v1.x"')]),
		];
	});
