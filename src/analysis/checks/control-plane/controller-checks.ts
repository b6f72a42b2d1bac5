import type {Finding} from '../../../core/finding.ts';
import {type AnyCheck, check} from '../check.ts';
import {type Demand, itemsOf, mendOf, onArguments, onProgram} from './demand.ts';
import {argumentOf, type ProgramName} from './program.ts';

type Row = {
	readonly program: ProgramName;
	readonly id: string;
	readonly title: string;
	readonly why: string;
	readonly severity: Finding['severity'];
	readonly demands: readonly Demand[];
};

const family = 'control-plane';
const file = 'the path of the file';
const manager: ProgramName = 'kube-controller-manager';
const loopback: Demand = {flag: 'bind-address', is: '127.0.0.1', default: '0.0.0.0'};
const noProfiles: Demand = {flag: 'profiling', is: 'false', default: 'true'};

/** @see https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/ for the defaults */
const rows: readonly Row[] = [
	{
		...{program: manager, id: 'controller-manager-profiling', title: 'The controller manager serves no profiles', severity: 'low'},
		why: 'Profiles show what the program does inside and cost it time.',
		demands: [noProfiles],
	},
	{
		...{
			program: manager,
			id: 'controller-manager-accounts',
			title: 'Each controller signs in with an account of its own',
			severity: 'medium',
		},
		why: 'Without accounts of their own all controllers hold the rights of all of them.',
		demands: [{flag: 'use-service-account-credentials', is: 'true', default: 'false'}],
	},
	{
		...{
			program: manager,
			id: 'controller-manager-account-key',
			title: 'The controller manager signs tokens with a key of their own',
			severity: 'medium',
		},
		why: 'A key that serves nothing else can be changed without breaking anything else.',
		demands: [{flag: 'service-account-private-key-file', is: 'set', to: file}],
	},
	{
		...{
			program: manager,
			id: 'controller-manager-root-authority',
			title: 'Pods are given the authority of the API server',
			severity: 'medium',
		},
		why: 'Without the authority a pod cannot tell the API server from another that answers in its place.',
		demands: [{flag: 'root-ca-file', is: 'set', to: file}],
	},
	{
		...{
			program: manager,
			id: 'controller-manager-address',
			title: 'The controller manager listens on the loopback address only',
			severity: 'medium',
		},
		why: 'Its port serves health and metrics that nobody else in the network needs.',
		demands: [loopback],
	},
	{
		...{program: 'kube-scheduler', id: 'scheduler-profiling', title: 'The scheduler serves no profiles', severity: 'low'},
		why: 'Profiles show what the program does inside and cost it time.',
		demands: [noProfiles],
	},
	{
		...{
			program: 'kube-scheduler',
			id: 'scheduler-address',
			title: 'The scheduler listens on the loopback address only',
			severity: 'medium',
		},
		why: 'Its port serves health and metrics that nobody else in the network needs.',
		demands: [loopback],
	},
];

/** How the controller manager and the scheduler were started. */
export const controllerChecks: readonly AnyCheck[] = [
	...rows.map(({program, demands, ...row}) => check({...row, family, ...onArguments(program, {}, () => demands)})),
	check({
		...{id: 'controller-manager-finished-pods', family, title: 'A limit for finished pods is set', severity: 'low'},
		why: 'Finished pods that nobody removes fill etcd and slow every list of pods down.',
		...onArguments(manager, {atLeast: 1}, ({atLeast}) => [{flag: 'terminated-pod-gc-threshold', atLeast}]),
	}),
	check({
		...{id: 'controller-manager-kubelet-certificates', family, title: 'Certificates of kubelets are renewed', severity: 'medium'},
		why: 'A serving certificate that is not renewed ends, and with it logs and commands in pods, or is never verified.',
		...onProgram(manager, {}, program => {
			const given = argumentOf(program, 'feature-gates');
			const gate = 'RotateKubeletServerCertificate';
			if (given === undefined || !itemsOf(given).some(item => item === `${gate}=false`)) return [];
			const value = itemsOf(given)
				.map(item => (item === `${gate}=false` ? `${gate}=true` : item))
				.join(',');
			return [{path: given.path, evidence: `${gate} is off`, mend: mendOf(given.path, given.flag, {value}, given.rest)}];
		}),
	}),
];
