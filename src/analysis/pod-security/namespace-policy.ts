import {type PodSecurityLevel, podSecurityLevels, type Standard} from './standard.ts';

export const policyPrefix = 'pod-security.kubernetes.io/';
type Labels = {readonly [key: string]: string};

export const levelOf = (text: string | undefined): PodSecurityLevel | undefined => podSecurityLevels.find(level => level === text);

const latest = Number.POSITIVE_INFINITY;

/** The minor version in `v1.25`, infinite for `latest`; undefined for what is no version. */
export function minorOf(text: string): number | undefined {
	if (text === 'latest') return latest;
	const minor = /^v1\.(0|[1-9]\d*)$/.exec(text)?.[1];
	return minor === undefined ? undefined : Number(minor);
}

/** `restricted:v1.25` */
export const standardText = ({level, minor}: Standard) => `${level}:${minor === latest ? 'latest' : `v1.${minor}`}`;

/**
 * What a namespace refuses, and what it warns of, by its labels. Without a level of its own it warns of what it refuses. As the server does it, a bad level
 * refuses what the strictest does, and a bad version is the latest.
 */
export function policyOf(labels: Labels = {}): {readonly enforce: Standard; readonly warn: Standard} {
	const given = (name: string) => labels[policyPrefix + name];
	const minor = (name: string) => minorOf(given(name) ?? 'latest') ?? latest;
	const enforce: Standard = {
		level: given('enforce') === undefined ? 'privileged' : (levelOf(given('enforce')) ?? 'restricted'),
		minor: minor('enforce-version'),
	};
	if (given('warn') !== undefined) return {enforce, warn: {level: levelOf(given('warn')) ?? 'privileged', minor: minor('warn-version')}};
	return {enforce, warn: {...enforce, minor: given('warn-version') === undefined ? enforce.minor : minor('warn-version')}};
}
