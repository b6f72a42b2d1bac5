import type {Action} from './access-rule.ts';
import {groupsOf, isWide, resourceCalled} from './resource-groups.ts';

/** What a command does in the cluster, and where; the namespace is undefined for all of them at once. */
export type Deed = {readonly action: Action; readonly namespace: string | undefined};

/** Flags that take the next word. */
const taking = new Set([
	...['-n', '--namespace', '-l', '--selector', '-o', '--output', '-c', '--container', '--replicas', '-p', '--patch', '--type'],
	...['--timeout', '--for', '--field-selector', '--from', '-f', '--filename', '--grace-period', '--since', '--tail', '--to-revision'],
	...['--from-literal', '--from-file', '--image', '--context', '--kubeconfig', '--server', '-s', '--token', '--as', '--user', '--cluster'],
	...['--sort-by', '--request-timeout', '--revision', '--current-replicas', '--pod-selector', '-k', '--kustomize', '-v', '--field-manager'],
]);
/** It signs in as somebody else, or elsewhere. */
const elsewhere = /^(?:--context|--kubeconfig|--server|-s|--token|--as|--user|--cluster|--client-certificate)(?:=|$)/;

type Call = {readonly words: readonly string[]; readonly flags: ReadonlyMap<string, string>; readonly isElsewhere: boolean};

function callOf(tokens: readonly string[]): Call {
	const words: string[] = [];
	const flags = new Map<string, string>();
	let isElsewhere = false;
	for (let index = 0; index < tokens.length; index++) {
		const token = tokens[index] ?? '';
		if (token === '--') break;
		if (!token.startsWith('-') || token === '-') words.push(token);
		else {
			isElsewhere ||= elsewhere.test(token);
			const [name = '', ...value] = token.split('=');
			if (value.length > 0) flags.set(name, value.join('='));
			else if (taking.has(token)) flags.set(token, tokens[++index] ?? '');
			else if (/^-[nl].+/.test(token)) flags.set(token.slice(0, 2), token.slice(2));
			else flags.set(token, '');
		}
	}
	return {words, flags, isElsewhere};
}

const isVariable = (word: string | undefined) => word === undefined || word === '' || /[$`{]/.test(word);

type Target = {readonly resource: string; readonly name: string | undefined};

/** `deployment/web`, `deploy web api`, `pods,services`. */
function targetsOf(words: readonly string[]): readonly Target[] {
	const [first = '', ...names] = words;
	if (words.some(word => word.includes('/')))
		return words.flatMap(word => {
			const [kind = '', name] = word.split('/');
			const resource = resourceCalled(kind);
			return resource === undefined ? [] : [{resource, name: isVariable(name) ? undefined : name}];
		});
	return first.split(',').flatMap(kind => {
		const resource = resourceCalled(kind);
		if (resource === undefined) return [];
		return names.length === 0 ? [{resource, name: undefined}] : names.map(name => ({resource, name: isVariable(name) ? undefined : name}));
	});
}

/** `web-0` or `deployment/web`: whose pods are meant. */
function podTarget(
	word: string | undefined,
): readonly {readonly verb: string; readonly resource: string; readonly name?: string | undefined}[] {
	const [kind, name] = (word ?? '').includes('/') ? (word ?? '').split('/') : ['pods', word];
	const resource = resourceCalled(kind ?? '') ?? 'pods';
	const own = isVariable(name) ? undefined : name;
	return resource === 'pods'
		? [{verb: 'get', resource, name: own}]
		: [
				{verb: 'get', resource, name: own},
				{verb: 'list', resource: 'pods'},
			];
}

type Want = {readonly verb: string; readonly resource: string; readonly name?: string | undefined};

const each = (verbs: readonly string[], targets: readonly Target[]): readonly Want[] =>
	targets.flatMap(({resource, name}) => verbs.map(verb => ({verb, resource, name})));

const made: {readonly [word: string]: string} = {secret: 'secrets', token: 'serviceaccounts/token'};

/** What each command of kubectl asks the server for; none for one that depends on a file. */
function wantsOf([verb = '', ...rest]: readonly string[], flags: Call['flags']): readonly Want[] {
	const isWatching = flags.has('-w') || flags.has('--watch');
	const targets = targetsOf(rest);
	switch (verb) {
		case 'get':
		case 'describe':
			return targets.flatMap(({resource, name}): readonly Want[] => [
				{verb: name === undefined && !rest[0]?.includes('/') && rest.length < 2 ? 'list' : 'get', resource, name},
				...(isWatching ? [{verb: 'watch', resource}] : []),
			]);
		case 'delete':
			return flags.has('-f') || flags.has('--filename')
				? []
				: targets.flatMap(({resource, name}): readonly Want[] => [
						...(flags.has('-l') || flags.has('--selector') || flags.has('--all') ? [{verb: 'list', resource}] : []),
						{verb: 'delete', resource, name},
					]);
		case 'logs':
			return [...podTarget(rest[0]), {verb: 'get', resource: 'pods/log'}];
		case 'exec':
			return [...podTarget(rest[0]), {verb: 'create', resource: 'pods/exec'}];
		case 'port-forward':
			return [...podTarget(rest[0]), {verb: 'create', resource: 'pods/portforward'}];
		case 'scale':
			return targets.flatMap(({resource, name}) => [
				{verb: 'get', resource, name},
				{verb: 'patch', resource: `${resource}/scale`, name},
			]);
		case 'patch':
		case 'label':
		case 'annotate':
			return each(['get', 'patch'], verb === 'patch' ? targets : targetsOf(rest.filter(word => !/=|-$/.test(word))));
		case 'set':
			return each(['get', 'patch'], targetsOf(rest.slice(1).filter(word => !word.includes('='))));
		case 'cordon':
		case 'uncordon':
			return each(['get', 'patch'], [{resource: 'nodes', name: undefined}]);
		case 'drain':
			return [
				...each(['get', 'patch'], [{resource: 'nodes', name: undefined}]),
				{verb: 'list', resource: 'pods'},
				{verb: 'create', resource: 'pods/eviction'},
			];
		case 'wait':
			return each(
				['get', 'list', 'watch'],
				targets.map(({resource}) => ({resource, name: undefined})),
			);
		case 'create': {
			const [kind = '', name] = rest;
			const resource = made[kind] ?? resourceCalled(kind);
			if (resource === undefined || name === undefined) return [];
			return [{verb: 'create', resource}, ...each(['get'], targetsOf([flags.get('--from') ?? '']))];
		}
		case 'rollout':
			return ofRollout(rest);
		default:
			return [];
	}
}

function ofRollout([what = '', ...rest]: readonly string[]): readonly Want[] {
	const targets = targetsOf(rest);
	switch (what) {
		case 'restart':
		case 'pause':
		case 'resume':
			return each(['get', 'patch'], targets);
		case 'status':
			return each(
				['get', 'list', 'watch'],
				targets.map(({resource}) => ({resource, name: undefined})),
			);
		case 'undo':
			return [...each(['get', 'patch'], targets), {verb: 'list', resource: 'replicasets'}];
		default:
			return [];
	}
}

/** One command line of a shell, in its words; quotes are taken off. */
const shellWords = (line: string) =>
	[...line.matchAll(/"([^"]*)"|'([^']*)'|[^\s"']+/g)].map(([all, double, single]) => double ?? single ?? all);

/** The commands of a program's command line: a shell may run several. */
function linesOf(command: readonly string[]): readonly (readonly string[])[] {
	const script = command.find(
		(word, index) => index > 0 && /\s/.test(word) && command.slice(0, index).some(each => /^-[a-z]*c$/.test(each)),
	);
	if (script === undefined) return [command];
	return script.split(/\n|;|&&|\|\||\||\$\(|`/).map(line => shellWords(line.replace(/\\$/, '').replace(/\)\s*$/, '')));
}

/**
 * What the kubectl commands of a program want to do in the cluster.
 * @param command its command and arguments
 * @param here the namespace that it is in
 * @param variables of its environment whose values are known
 */
export function kubectlDeeds(command: readonly string[], here: string, variables: ReadonlyMap<string, string>): readonly Deed[] {
	const expanded = (word: string) => word.replace(/\$\{?(\w+)\}?|\$\((\w+)\)/g, (all, one, two) => variables.get(one ?? two) ?? all);
	return linesOf(command).flatMap(line => {
		const start = line.findIndex(word => /(?:^|\/)(?:kubectl|oc)$/.test(word));
		if (start === -1) return [];
		const {words, flags, isElsewhere} = callOf(line.slice(start + 1).map(expanded));
		const named = flags.get('-n') ?? flags.get('--namespace') ?? here;
		const isEverywhere = flags.has('-A') || flags.has('--all-namespaces');
		if (isElsewhere || (isVariable(named) && !isEverywhere)) return [];
		return wantsOf(words, flags).flatMap(({verb, resource, name}): readonly Deed[] => {
			const [group] = groupsOf(resource);
			if (group === undefined) return [];
			const namespace = isEverywhere || isWide(resource) ? undefined : named;
			return [{action: {verb, group, resource, ...(name === undefined ? {} : {name})}, namespace}];
		});
	});
}
