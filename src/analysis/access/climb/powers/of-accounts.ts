import {type Ask, inPlace, type Power, type PowerOf, type Right, whole} from '../power.ts';
import {accountSet, accountsOf, podSet, runningIn, secretSet, tokensIn} from '../sets.ts';

type Sets = {readonly all: (place: string | undefined) => string; readonly one: (namespace: string, name: string) => string};

const accounts: Sets = {all: accountsOf, one: accountSet};
const pods: Sets = {all: runningIn, one: podSet};
const tokens: Sets = {all: tokensIn, one: secretSet};

/** A power over what a right reaches: all in its place, or what it names. */
function over({all, one}: Sets, {place, estate}: Ask, right: Right | undefined, how: string): readonly Power[] {
	if (right === undefined) return [];
	if (right.names.length === 0) return [{to: all(place), how: `${how} ${inPlace(place)}`, by: [right]}];
	// A name that holds everywhere may be in any namespace that has one.
	const namespaces =
		place === undefined ? new Set([estate.accounts, estate.pods, estate.tokens].flat().map(({namespace}) => namespace)) : [place];
	return [...namespaces].flatMap(namespace =>
		right.names.map(name => ({to: one(namespace, name), how: `${how} ${inPlace(namespace)}`, by: [right]})),
	);
}

const token: PowerOf = ask => over(accounts, ask, ask.may('create', '', 'serviceaccounts/token'), 'asks for a token of it');

const impersonation: PowerOf = ask => over(accounts, ask, ask.may('impersonate', '', 'serviceaccounts'), 'impersonates it');

/** What runs pods, and the verbs that choose the account: the template of a Job never changes. */
const runners: readonly (readonly [group: string, resource: string, verbs: string])[] = [
	['', 'pods', 'create'],
	['apps', 'deployments', 'create update patch'],
	['apps', 'daemonsets', 'create update patch'],
	['apps', 'statefulsets', 'create update patch'],
	['apps', 'replicasets', 'create update patch'],
	['', 'replicationcontrollers', 'create update patch'],
	['batch', 'jobs', 'create'],
	['batch', 'cronjobs', 'create update patch'],
	['argoproj.io', 'rollouts', 'create update patch'],
];

const workload: PowerOf = ask => {
	const found = runners.flatMap(([group, resource, verbs]) => {
		// Nothing has a name when it is made; what is changed lets any account be chosen, whatever its own name is.
		const right =
			whole(ask.may('create', group, resource)) ??
			(verbs === 'create' ? undefined : ask.may(verbs.replace('create ', ''), group, resource));
		return right === undefined ? [] : [{resource, right}];
	});
	return found.slice(0, 1).map(({resource, right}) => ({
		to: accountsOf(ask.place),
		how: `runs it through ${resource} ${inPlace(ask.place)}`,
		by: [right],
	}));
};

const exec: PowerOf = ask => [
	...over(pods, ask, ask.may('create get', '', 'pods/exec'), 'executes a command in a pod that runs as it'),
	...over(pods, ask, ask.may('patch update', '', 'pods/ephemeralcontainers'), 'adds a container to a pod that runs as it'),
];

const secrets: PowerOf = ask => {
	const read = ask.may('get list watch', '', 'secrets');
	const create = whole(ask.may('create', '', 'secrets'));
	return [
		...over(tokens, ask, read, 'reads the Secret that holds its token'),
		...(whole(read) === undefined || create === undefined || read === undefined
			? []
			: [{to: accountsOf(ask.place), how: `creates a token Secret for it and reads it ${inPlace(ask.place)}`, by: [create, read]}]),
	];
};

/** Ways to a service account that rights in its namespace give. */
export const powersOverAccounts: readonly PowerOf[] = [token, impersonation, workload, exec, secrets];
