import type {Finding} from '../../../core/finding.ts';
import {repositoryOf} from '../../../core/kube/image-reference.ts';
import {listAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import {refOf} from '../../../core/kube/kube-object.ts';
import {type AnyCheck, check, type Fault} from '../check.ts';
import {programsIn} from '../control-plane/program.ts';
import {namespaceOf, onObjects} from '../on-objects.ts';
import {isWithin, type Range} from '../version.ts';
import {workloadKinds} from '../workload/on-containers.ts';
import type {Workload, World} from '../world.ts';

const family = 'exposure';

type Row = {
	readonly id: string;
	readonly cve: string;
	readonly what: string;
	/** The end of the image's name without its tag. */
	readonly image: RegExp;
	readonly affected: readonly Range[];
	readonly severity: Finding['severity'];
	readonly why: string;
	/** Objects that take the fault away. */
	readonly unless?: {readonly reads: readonly string[]; readonly holds: (workload: Workload, world: World) => boolean};
};

const ingressNginx = /(?:^|\/)(?:ingress-nginx\/controller(?:-chroot)?|nginx-controller|nginx-ingress-controller)$/;

/** Snippets are off where a ConfigMap of the controller says so. */
const withoutSnippets = ({object}: Workload, world: World) =>
	world
		.ofKind('ConfigMap')
		.some(config => namespaceOf(config) === namespaceOf(object) && valueAt(config, 'data', 'allow-snippet-annotations') === 'false');

/** Faults of programs that clusters are run with, which their image's tag shows. A digest alone shows nothing. */
const rows: readonly Row[] = [
	{
		...{id: 'ingress-nginx-cve-2021-25742', cve: 'CVE-2021-25742', what: 'ingress-nginx', image: ingressNginx, severity: 'high'},
		affected: [
			['0', '0.49.1'],
			['1.0.0', '1.0.1'],
		],
		why: 'Whoever may write an Ingress reads the Secrets of all namespaces by a snippet.',
		unless: {reads: ['ConfigMap'], holds: withoutSnippets},
	},
	{
		...{id: 'ingress-nginx-cve-2025-1974', cve: 'CVE-2025-1974', what: 'ingress-nginx', image: ingressNginx, severity: 'critical'},
		affected: [
			['0', '1.11.5'],
			['1.12.0', '1.12.1'],
		],
		why: 'Whoever reaches the admission port of the controller from any pod runs code in it and reads the Secrets of all namespaces.',
	},
	{
		...{id: 'argo-cd-cve-2022-24348', cve: 'CVE-2022-24348', what: 'Argo CD', image: /(?:^|\/)argocd$/, severity: 'high'},
		affected: [
			['0', '2.1.9'],
			['2.2.0', '2.2.4'],
		],
		why: 'A chart with the right values file reads files and Secrets of other applications.',
	},
	{
		...{
			id: 'grafana-cve-2022-39328',
			cve: 'CVE-2022-39328',
			what: 'Grafana',
			image: /(?:^|\/)grafana(?:-oss|-enterprise)?$/,
			severity: 'high',
		},
		affected: [['9.2.0', '9.2.4']],
		why: 'Under load a request passes without the middleware that asks who sent it.',
	},
	{
		...{id: 'kyverno-cve-2022-47633', cve: 'CVE-2022-47633', what: 'Kyverno', image: /(?:^|\/)kyverno$/, severity: 'high'},
		affected: [['1.8.3', '1.8.5']],
		why: 'A registry of an attacker gets an image past the verification of its signature.',
	},
];

const tagOf = (image: string) => image.replace(/@.*$/, '').slice(repositoryOf(image).length + 1);

/** Known faults of programs that clusters are run with. */
export const componentChecks: readonly AnyCheck[] = [
	...rows.map(({cve, what, image: named, affected, unless, ...row}) =>
		check({
			...{...row, family, title: `${what} is a version without ${cve}`},
			...{reads: [...workloadKinds, ...(unless?.reads ?? [])], settings: {}},
			look: world =>
				world.workloads.flatMap(workload => {
					const own = workload.containers.filter(({container}) => named.test(repositoryOf(textAt(container, 'image') ?? '')));
					if (own.length === 0) return [];
					const faults = own.flatMap(({container, path}): readonly Fault[] => {
						const image = textAt(container, 'image') ?? '';
						if (!isWithin(tagOf(image), affected) || unless?.holds(workload, world)) return [];
						const at = `${path}.image`;
						return [
							{
								paths: [at],
								mends: [{path: at, ask: `${affected.map(([, before]) => before).join(' or ')}, or newer`}],
								evidence: `it is ${image}`,
							},
						];
					});
					return [{resource: workload.ref, faults}];
				}),
		}),
	),
	check({
		...{id: 'sub-path-cve-2021-25741', family, title: 'No subPath is mounted on nodes with CVE-2021-25741', severity: 'high'},
		why: 'On a kubelet of an old version a pod with a subPath mount reaches files of the node outside of its volume.',
		...{reads: [...workloadKinds, 'Node'], settings: {}},
		look: world => {
			const affected: readonly Range[] = [
				['0', '1.19.15'],
				['1.20.0', '1.20.11'],
				['1.21.0', '1.21.5'],
				['1.22.0', '1.22.2'],
			];
			const old = world.ofKind('Node').filter(node => isWithin(textAt(node, 'status', 'nodeInfo', 'kubeletVersion') ?? '', affected));
			const related = old.map(node => ({resource: refOf(node), paths: ['status.nodeInfo.kubeletVersion']}));
			return world.workloads.flatMap(workload => {
				const mounts = workload.containers.flatMap(({container, path}) =>
					listAt(container, 'volumeMounts').flatMap((mount, index) =>
						valueAt(mount, 'subPath') === undefined ? [] : [`${path}.volumeMounts[${index}].subPath`],
					),
				);
				if (mounts.length === 0) return [];
				const faults =
					old.length === 0
						? []
						: mounts.map(path => ({paths: [path], mends: [], evidence: `${old.length} nodes run an affected kubelet`, related}));
				return [{resource: workload.ref, faults}];
			});
		},
	}),
	check({
		...{id: 'api-service-cve-2022-3172', family, title: 'No server behind the API server redirects its clients', severity: 'medium'},
		why: 'On an API server of an old version the server behind an APIService sends clients, with their credentials, wherever it likes.',
		...onObjects(
			['apiregistration.k8s.io/APIService'],
			{},
			(service, _, world) => {
				if (valueAt(service, 'spec', 'service') === undefined || valueAt(service, 'spec', 'service') === null) return [];
				const affected: readonly Range[] = [
					['0', '1.21.15'],
					['1.22.0', '1.22.14'],
					['1.23.0', '1.23.11'],
					['1.24.0', '1.24.5'],
					['1.25.0', '1.25.1'],
				];
				const tags = programsIn(world)
					.filter(({name}) => name === 'kube-apiserver')
					.flatMap(({workload}) => workload.containers.map(({container}) => tagOf(textAt(container, 'image') ?? '')));
				const old = tags.find(tag => isWithin(tag, affected));
				return old === undefined ? [] : [{paths: ['spec.service'], mends: [], evidence: `the API server is ${old}`}];
			},
			['Pod'],
		),
	}),
];
