import {type PodSecurityLevel, podSecurityLevels} from '../../../../analysis/pod-security/standard.ts';
import type {StatusCause} from '../../../status-error.ts';
import {invalidValue} from '../validate/causes.ts';

const prefix = 'pod-security.kubernetes.io/';
/** One of the standards and the version of its rules: `restricted:latest`. Rules of all versions are those of the newest here. */
export type Standard = {readonly level: PodSecurityLevel; readonly version: string};
type Labels = {readonly [key: string]: string};

const levelOf = (text: string | undefined) => podSecurityLevels.find(level => level === text);
export const rank = (level: PodSecurityLevel) => podSecurityLevels.indexOf(level);
export const standardText = ({level, version}: Standard) => `${level}:${version}`;

const isVersion = (text: string) => text === 'latest' || /^v1\.(0|[1-9]\d*)$/.test(text);
const versionOf = (text: string | undefined) => (text !== undefined && isVersion(text) ? text : 'latest');

/** What a namespace refuses and what it warns of. Without a level of its own it warns of what it refuses. A bad level refuses everything unsafe. */
export function policyOf(labels: Labels = {}): {readonly enforce: Standard; readonly warn: Standard} {
	const given = (name: string) => labels[prefix + name];
	const enforce: Standard = {
		level: given('enforce') === undefined ? 'privileged' : (levelOf(given('enforce')) ?? 'restricted'),
		version: versionOf(given('enforce-version')),
	};
	if (given('warn') !== undefined) {
		return {enforce, warn: {level: levelOf(given('warn')) ?? 'privileged', version: versionOf(given('warn-version'))}};
	}
	return {
		enforce,
		warn: {level: enforce.level, version: given('warn-version') === undefined ? enforce.version : versionOf(given('warn-version'))},
	};
}

/** Levels and versions that do not exist. */
export const policyCauses = (labels: Labels = {}): readonly StatusCause[] =>
	['enforce', 'audit', 'warn'].flatMap(mode => {
		const level = labels[prefix + mode];
		const version = labels[`${prefix}${mode}-version`];
		return [
			...(level === undefined || levelOf(level) !== undefined
				? []
				: [invalidValue(`metadata.labels[${prefix}${mode}]`, level, `must be one of ${podSecurityLevels.join(', ')}`)]),
			...(version === undefined || isVersion(version)
				? []
				: [invalidValue(`metadata.labels[${prefix}${mode}-version]`, version, 'must be "latest" or "v1.x"')]),
		];
	});
