import {listAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {type AnyCheck, check, type Fault} from '../check.ts';
import type {Workload, World} from '../world.ts';
import {asked, namespaceOf, onWorkloads, setTo} from './on-containers.ts';

/** Who a pod is to the API server. */
export const identityChecks: readonly AnyCheck[] = [
	check({
		id: 'token-automounted',
		family: 'workload',
		title: 'Pods do not get a token of the API server unasked',
		why: 'A token in every pod is a way to the API server for whoever breaks into one, and few programs ever use it.',
		severity: 'low',
		...onWorkloads(
			(workload, _settings, world) => {
				const {podSpec, specPath} = workload;
				if (!isTokenMounted(workload, world)) return [];
				const said = valueAt(podSpec, 'automountServiceAccountToken') === true ? 'asks for the token of' : 'gets the token of';
				return [setTo(`${specPath}.automountServiceAccountToken`, false, `it ${said} service account ${accountOf(workload)}`)];
			},
			{reads: ['ServiceAccount']},
		),
	}),
	check({
		id: 'default-service-account',
		family: 'workload',
		title: 'Pods that talk to the API server have a service account of their own',
		why: 'All pods that name none share the account default: what one of them is granted, all are.',
		severity: 'low',
		...onWorkloads(
			(workload, _settings, world) =>
				accountOf(workload) === 'default' && isTokenMounted(workload, world)
					? [
							asked(
								`${workload.specPath}.serviceAccountName`,
								'service account of its own',
								'it is the service account default of its namespace',
							),
						]
					: [],
			{reads: ['ServiceAccount']},
		),
	}),
	check({
		id: 'deprecated-service-account-field',
		family: 'workload',
		title: 'Pods name their service account in serviceAccountName',
		why: 'The field serviceAccount is an alias from before 1.0: tools and policies that look at the other one see no account.',
		severity: 'low',
		...onWorkloads(({podSpec, specPath, object}) => {
			const old = textAt(podSpec, 'serviceAccount');
			// The API server writes both: only where they differ, or the new one is missing, somebody wrote the old one.
			if (old === undefined || old === '' || old === textAt(podSpec, 'serviceAccountName') || object.metadata.uid !== undefined) return [];
			return [
				{
					paths: [`${specPath}.serviceAccount`],
					mends: [
						{path: `${specPath}.serviceAccountName`, value: old},
						{path: `${specPath}.serviceAccount`, remove: true},
					],
					evidence: `it names service account ${old} in the deprecated field`,
				},
			];
		}),
	}),
	check({
		id: 'missing-service-account',
		family: 'workload',
		title: 'Service accounts that pods name exist',
		why: 'A pod whose account is missing is never made; and whoever may create accounts decides later what it is.',
		severity: 'medium',
		...onWorkloads(
			(workload, _settings, world) => {
				const name = accountOf(workload);
				// Manifests without any account of their namespace leave them to others.
				const isKnown = world.within('ServiceAccount', namespaceOf(workload)).length > 0;
				if (name === 'default' || !isKnown || accountIn(workload, world) !== undefined) return [];
				return [asked(`${workload.specPath}.serviceAccountName`, 'service account that exists', `there is no service account ${name}`)];
			},
			{reads: ['ServiceAccount'], to: ({podSpec}) => textAt(podSpec, 'serviceAccountName') !== undefined},
		),
	}),
	check({
		id: 'dashboard-service-account',
		family: 'workload',
		title: 'Nobody but the dashboard runs with the account of the dashboard',
		why: 'The account of the Kubernetes dashboard reads and changes much of the cluster.',
		severity: 'high',
		...onWorkloads(
			({object, podSpec, specPath}, {accounts}) => {
				const name = textAt(podSpec, 'serviceAccountName') ?? textAt(podSpec, 'serviceAccount');
				if (name === undefined || !accounts.includes(name) || object.metadata.name.includes(name)) return [];
				return [
					{
						paths: [`${specPath}.serviceAccountName`],
						mends: [{path: `${specPath}.serviceAccountName`, remove: true}],
						evidence: `it runs as ${name}`,
					},
				];
			},
			{settings: {accounts: ['kubernetes-dashboard']}},
		),
	}),
	check({
		id: 'long-lived-token-volume',
		family: 'workload',
		title: 'Pods mount no service account token from a Secret',
		why: 'A token in a Secret never expires; a projected one ends with its pod, or after an hour.',
		severity: 'medium',
		...onWorkloads(
			(workload, _settings, world) => {
				const {podSpec, specPath} = workload;
				return listAt(podSpec, 'volumes').flatMap((volume, index): readonly Fault[] => {
					const name = textAt(volume, 'secret', 'secretName');
					const secret = name === undefined ? undefined : world.named('Secret', namespaceOf(workload), name);
					if (secret?.type !== 'kubernetes.io/service-account-token') return [];
					return [
						{paths: [`${specPath}.volumes[${index}].secret.secretName`], mends: [], evidence: `it mounts the token in Secret ${name}`},
					];
				});
			},
			{reads: ['Secret']},
		),
	}),
	check({
		id: 'long-projected-token',
		family: 'workload',
		title: 'Projected tokens expire within a day',
		why: 'A stolen token is good until it expires.',
		severity: 'low',
		...onWorkloads(
			({podSpec, specPath}, {seconds}) =>
				listAt(podSpec, 'volumes').flatMap((volume, index) =>
					listAt(volume, 'projected', 'sources').flatMap((source, at): readonly Fault[] => {
						const lasts = valueAt(source, 'serviceAccountToken', 'expirationSeconds');
						if (typeof lasts !== 'number' || lasts <= seconds) return [];
						const path = `${specPath}.volumes[${index}].projected.sources[${at}].serviceAccountToken.expirationSeconds`;
						return [setTo(path, 3600, `its projected token lasts ${lasts} s`)];
					}),
				),
			{settings: {seconds: 86_400}},
		),
	}),
];

const accountOf = ({podSpec}: Workload) => textAt(podSpec, 'serviceAccountName') ?? textAt(podSpec, 'serviceAccount') ?? 'default';

const accountIn = (workload: Workload, world: World): KubeObject | undefined =>
	world.named('ServiceAccount', namespaceOf(workload), accountOf(workload));

/** What the pod says goes before what its account says; where neither says anything, it gets one. */
const isTokenMounted = (workload: Workload, world: World) =>
	(valueAt(workload.podSpec, 'automountServiceAccountToken') ?? accountIn(workload, world)?.automountServiceAccountToken) !== false;
