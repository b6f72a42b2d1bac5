import type {Finding} from '../../../core/finding.ts';
import {type AnyCheck, check} from '../check.ts';
import {type Demand, onArguments, onProgram} from './demand.ts';
import {argumentOf} from './program.ts';

type Row = {
	readonly id: string;
	readonly title: string;
	readonly why: string;
	readonly severity: Finding['severity'];
	readonly demands: readonly Demand[];
};

const family = 'control-plane';
const file = 'the path of the file';

/** @see https://etcd.io/docs/latest/op-guide/configuration/ for the defaults */
const rows: readonly Row[] = [
	{
		...{id: 'etcd-tls', title: 'etcd serves clients over TLS', severity: 'high'},
		why: 'Everything in the cluster, every Secret with it, passes between etcd and the API server.',
		demands: [
			{flag: 'cert-file', is: 'set', to: file},
			{flag: 'key-file', is: 'set', to: file},
		],
	},
	{
		...{id: 'etcd-client-certificates', title: 'etcd takes no clients without a certificate', severity: 'critical'},
		why: 'Whoever reaches etcd without a certificate reads and writes everything in the cluster.',
		demands: [{flag: 'client-cert-auth', is: 'true', default: 'false'}],
	},
	{
		...{id: 'etcd-self-signed', title: 'etcd does not sign its own certificate', severity: 'medium'},
		why: 'A certificate that a member signed for itself proves nothing to its clients.',
		demands: [{flag: 'auto-tls', is: 'false', default: 'false'}],
	},
	{
		...{id: 'etcd-peer-tls', title: 'Members of etcd speak to each other over TLS', severity: 'high'},
		why: 'Everything in the cluster passes between the members.',
		demands: [
			{flag: 'peer-cert-file', is: 'set', to: file},
			{flag: 'peer-key-file', is: 'set', to: file},
		],
	},
	{
		...{id: 'etcd-peer-certificates', title: 'etcd takes no members without a certificate', severity: 'high'},
		why: 'Whoever joins as a member has everything that is in the cluster.',
		demands: [{flag: 'peer-client-cert-auth', is: 'true', default: 'false'}],
	},
	{
		...{id: 'etcd-peer-self-signed', title: 'Members of etcd do not sign their own certificates', severity: 'medium'},
		why: 'A certificate that a member signed for itself proves nothing to the others.',
		demands: [{flag: 'peer-auto-tls', is: 'false', default: 'false'}],
	},
];

/** How etcd was started. */
export const etcdChecks: readonly AnyCheck[] = [
	...rows.map(({demands, ...row}) => check({...row, family, ...onArguments('etcd', {}, () => demands)})),
	check({
		...{id: 'etcd-own-authority', family, title: 'etcd has an authority of its own', severity: 'medium'},
		why: 'With the authority of the API server every client certificate of the cluster opens etcd.',
		...onProgram('etcd', {}, (program, _, all) => {
			const own = argumentOf(program, 'trusted-ca-file');
			if (own === undefined) return [];
			return all
				.filter(({name}) => name === 'kube-apiserver')
				.flatMap(server => {
					const theirs = argumentOf(server, 'client-ca-file');
					if (theirs?.value !== own.value) return [];
					const related = [{resource: server.workload.ref, paths: [theirs.path]}];
					return [{path: own.path, evidence: `both take ${own.value}`, mend: {path: own.path, ask: `--trusted-ca-file=${file}`}, related}];
				})
				.slice(0, 1);
		}),
	}),
];
