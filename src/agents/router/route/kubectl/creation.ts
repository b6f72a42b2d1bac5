import type {Command} from './command.ts';

const last = ({flags}: Command, flag: string) => flags.get(flag);
const all = ({flags}: Command, flag: string) => flags.get(flag)?.split(',') ?? [];

/** ` with image x`, where the flag is given. */
const phrase = (line: Command, flag: string, words: string) => {
	const value = last(line, flag);
	return value === undefined ? '' : ` ${words} ${value}`;
};

const program = (line: Command) => (line.program === undefined ? '' : ` with command \`${line.program.trim()}\``);

type Made = (name: string, line: Command) => string | undefined;

const workload =
	(kind: string): Made =>
	(name, line) => {
		const cron = last(line, 'schedule');
		const from = last(line, 'from')?.replace(/^cronjobs?\.?\w*\//, '');
		if (from !== undefined) return `create a job ${name} from cronjob ${from}`;
		const replicas = last(line, 'replicas');
		return `create ${kind} ${name} with image ${last(line, 'image') ?? ''}${replicas === undefined ? '' : `, ${replicas} replicas`}${phrase(line, 'port', ', container port')}${cron === undefined ? '' : `, schedule "${cron}"`}${program(line)}`;
	};

const subject = (line: Command) => {
	const account = last(line, 'serviceaccount')?.split(':').join('/');
	const [user, group] = [last(line, 'user'), last(line, 'group')];
	if (account !== undefined) return `service account ${account.split('/').at(-1)} of namespace ${account.split('/')[0]}`;
	return user === undefined ? (group === undefined ? undefined : `group ${group}`) : `user ${user}`;
};

const binding =
	(kind: string): Made =>
	(name, line) => {
		const role = last(line, 'role');
		const cluster = last(line, 'clusterrole');
		const who = subject(line);
		if (who === undefined || (role ?? cluster) === undefined) return undefined;
		return `create ${kind} ${name} of ${role === undefined ? `cluster role ${cluster}` : `role ${role}`} for ${who}`;
	};

const role =
	(kind: string): Made =>
	(name, line) => {
		const [verbs, kinds] = [all(line, 'verb'), all(line, 'resource')];
		return verbs.length === 0 || kinds.length === 0 ? undefined : `create ${kind} ${name} that may ${verbs.join(', ')} ${kinds.join(', ')}`;
	};

const kinds: {readonly [kind: string]: Made} = {
	namespace: name => `create namespace ${name}`,
	serviceaccount: name => `create service account ${name}`,
	configmap: (name, line) =>
		`create configmap ${name} with ${all(line, 'from-literal').join(', ')}${phrase(line, 'from-file', 'from file')}`,
	deployment: workload('deployment'),
	job: workload('job'),
	cronjob: workload('cronjob'),
	role: role('role'),
	clusterrole: role('cluster role'),
	rolebinding: binding('role binding'),
	clusterrolebinding: binding('cluster role binding'),
	quota: (name, line) => `create a quota ${name} with ${all(line, 'hard').join(', ').replaceAll('=', ' ')}`,
	poddisruptionbudget: (name, line) =>
		`create a PDB ${name} for pods labelled ${last(line, 'selector') ?? ''}${phrase(line, 'min-available', 'with minAvailable')}${phrase(line, 'max-unavailable', 'with maxUnavailable')}`,
};
const names: {readonly [alias: string]: string} = {
	ns: 'namespace',
	sa: 'serviceaccount',
	cm: 'configmap',
	deploy: 'deployment',
	cj: 'cronjob',
	resourcequota: 'quota',
	pdb: 'poddisruptionbudget',
};

/** `kubectl create KIND NAME …` as a request says it. A secret's values are never taken from a command line. */
export function creationInWords(line: Command): string | undefined {
	const [kind = '', name] = line.words;
	if (name === undefined) return undefined;
	const namespace = last(line, 'namespace') ?? last(line, 'n');
	return kinds[names[kind] ?? kind]?.(namespace === undefined ? name : `${name} in namespace ${namespace}`, line);
}
