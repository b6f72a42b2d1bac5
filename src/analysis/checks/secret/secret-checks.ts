import type {Json} from '../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refOf} from '../../../core/kube/kube-object.ts';
import {type AnyCheck, check, type Fault} from '../check.ts';
import {namespaceOf, onContainers, onWorkloads} from '../workload/on-containers.ts';
import type {Workload, WorkloadContainer, World} from '../world.ts';
import {type SecretSigns, secretReader, secretSigns} from './looks-secret.ts';

const inTheOpen = 'Who may read the object reads the secret: it is in repositories, backups and logs, and changing it takes a rollout.';

/** Secrets in the open, and who gets which. No evidence names a value. */
export const secretChecks: readonly AnyCheck[] = [
	check({
		id: 'secret-in-environment',
		family: 'secret',
		title: 'Environment variables hold no secret in the open',
		why: inTheOpen,
		severity: 'high',
		...onContainers<SecretSigns>(
			({container, path, name}, _workload, signs) => {
				const isSecret = secretReader(signs);
				return listAt(container, 'env').flatMap((variable, index): readonly Fault[] => {
					const [key, value] = [textAt(variable, 'name') ?? '', textAt(variable, 'value') ?? ''];
					if (!isSecret(key, value)) return [];
					const field = `${path}.env[${index}]`;
					return [
						{
							paths: [`${field}.value`],
							mends: [
								{path: `${field}.value`, remove: true},
								{path: `${field}.valueFrom.secretKeyRef`, ask: 'Secret and key that hold it'},
							],
							evidence: `variable ${key} of container ${name} is a secret in the open`,
						},
					];
				});
			},
			{settings: secretSigns},
		),
	}),
	check({
		id: 'secret-in-command',
		family: 'secret',
		title: 'Commands and their arguments hold no secret in the open',
		why: `${inTheOpen} Every process of the node sees the arguments of others that share its namespace.`,
		severity: 'high',
		...onContainers<SecretSigns>(
			({container, path, name}, _workload, signs) => {
				const isSecret = secretReader(signs);
				const fields = ['command', 'args'].flatMap(field =>
					listAt(container, field).flatMap((word, index) =>
						typeof word === 'string' && isSecretArgument(word, isSecret) ? [`${path}.${field}[${index}]`] : [],
					),
				);
				return fields.length === 0 ? undefined : {paths: fields, mends: [], evidence: `container ${name} is given a secret in the open`};
			},
			{settings: secretSigns},
		),
	}),
	check({
		id: 'secret-in-config-map',
		family: 'secret',
		title: 'ConfigMaps hold no secret',
		why: 'ConfigMaps are read by many, are not encrypted at rest, and show in every listing.',
		severity: 'high',
		reads: ['ConfigMap'],
		settings: secretSigns,
		look: (world, signs) => {
			const isSecret = secretReader(signs);
			return world.ofKind('ConfigMap').map(object => ({resource: refOf(object), faults: inData(object, isSecret)}));
		},
	}),
	check({
		id: 'secret-in-annotation',
		family: 'secret',
		title: 'Annotations hold no secret',
		why: 'Annotations show in every listing and event, and kubectl copies a Secret that was applied into one.',
		severity: 'high',
		reads: ['Secret', 'ConfigMap', 'Service'],
		settings: {values: secretSigns.values},
		look: (world, {values}) => {
			const isSecret = secretReader({...secretSigns, names: [], values});
			return ['Secret', 'ConfigMap', 'Service']
				.flatMap(kind => world.ofKind(kind))
				.map(object => ({resource: refOf(object), faults: inAnnotations(object, isSecret)}));
		},
	}),
	check({
		id: 'secret-as-environment',
		family: 'secret',
		title: 'Containers take secrets as files, not as environment variables',
		why: 'Programs print their environment when they crash, and every child inherits it; a file is read by who opens it, and follows a rotation.',
		severity: 'low',
		...onContainers(({container, path, name}) => {
			const variables = listAt(container, 'env').flatMap((variable, index) =>
				valueAt(variable, 'valueFrom', 'secretKeyRef') === undefined ? [] : [`${path}.env[${index}].valueFrom.secretKeyRef`],
			);
			const all = listAt(container, 'envFrom').flatMap((source, index) =>
				valueAt(source, 'secretRef') === undefined ? [] : [`${path}.envFrom[${index}].secretRef`],
			);
			const paths = [...variables, ...all];
			return paths.length === 0
				? undefined
				: {paths, mends: [], evidence: `container ${name} has ${paths.length === 1 ? 'a secret' : 'secrets'} in its environment`};
		}),
	}),
	check({
		id: 'whole-secret-as-environment',
		family: 'secret',
		title: 'Containers take single keys of a Secret, not all of it',
		why: 'With envFrom each key that is ever added to the Secret reaches every container that takes it.',
		severity: 'low',
		...onContainers(({container, path, name}) =>
			listAt(container, 'envFrom').flatMap((source, index): readonly Fault[] => {
				const secret = textAt(source, 'secretRef', 'name');
				return secret === undefined
					? []
					: [{paths: [`${path}.envFrom[${index}].secretRef`], mends: [], evidence: `container ${name} takes all of Secret ${secret}`}];
			}),
		),
	}),
	mounted('Secret', 'secret-mounted', 'secret', 'secretName'),
	mounted('ConfigMap', 'config-map-mounted', 'configMap', 'name'),
	mounted('PersistentVolumeClaim', 'claim-mounted', 'persistentVolumeClaim', 'claimName'),
	check({
		id: 'secret-files-readable',
		family: 'secret',
		title: 'Files of Secrets are readable by their owner and group alone',
		why: 'A defaultMode of 0644 lets every user of the container read the secret.',
		severity: 'low',
		...onWorkloads(({podSpec, specPath}) =>
			listAt(podSpec, 'volumes').flatMap((volume, index): readonly Fault[] => {
				const secret = valueAt(volume, 'secret');
				if (secret === undefined) return [];
				const mode = valueAt(secret, 'defaultMode');
				const bits = typeof mode === 'number' ? mode : 0o644;
				const path = `${specPath}.volumes[${index}].secret.defaultMode`;
				return bits % 8 === 0
					? []
					: [{paths: [path], mends: [{path, value: 0o440}], evidence: `all users read the files of volume ${textAt(volume, 'name')}`}];
			}),
		),
	}),
	check({
		id: 'secret-mutable',
		family: 'secret',
		title: 'Secrets that many workloads use are changed by a rollout',
		why: 'A Secret that is not immutable can be changed under all that use it, and each restart picks up something else.',
		severity: 'low',
		reads: ['Secret'],
		settings: {},
		look: world =>
			world
				.ofKind('Secret')
				.filter(({type}) => type === undefined || type === 'Opaque')
				.map(object => ({
					resource: refOf(object),
					faults:
						object.immutable === true
							? []
							: [
									{
										paths: ['immutable'],
										mends: [{path: 'immutable', value: true}],
										evidence: 'anybody with a right to update it changes it in place',
									},
								],
				})),
	}),
	check({
		id: 'service-account-token-secret',
		family: 'secret',
		title: 'Service accounts have no token that never expires',
		why: 'A token in a Secret is valid until somebody deletes it: a copy of it is a key for good.',
		severity: 'medium',
		reads: ['Secret'],
		settings: {},
		look: world =>
			world
				.ofKind('Secret')
				.filter(({type}) => type === 'kubernetes.io/service-account-token')
				.map(object => {
					const account = object.metadata.annotations?.['kubernetes.io/service-account.name'] ?? 'an account';
					return {resource: refOf(object), faults: [{paths: ['type'], mends: [], evidence: `it is a token of ${account} without an end`}]};
				}),
	}),
	check({
		id: 'secrets-in-cluster',
		family: 'secret',
		title: 'Secrets are kept in a store outside of the cluster',
		why: 'A store outside tells who read what, rotates, and is not lost with a backup of etcd.',
		severity: 'low',
		...onWorkloads(
			({podSpec, containers, ref, specPath}) => {
				const drivers = listAt(podSpec, 'volumes').some(volume => textAt(volume, 'csi', 'driver') === 'secrets-store.csi.k8s.io');
				const used = containers.some(({container}) =>
					listAt(container, 'env').some(variable => valueAt(variable, 'valueFrom', 'secretKeyRef') !== undefined),
				);
				return used && !drivers
					? [{paths: [`${specPath}.volumes`], mends: [], evidence: `${ref.kind} ${ref.name} takes its secrets from the cluster`}]
					: [];
			},
			{to: ({containers}) => containers.length > 0},
		),
	}),
];

/** `--password=hunter2`, `DB_PASSWORD=x cmd`, or a known key anywhere. */
function isSecretArgument(word: string, isSecret: (name: string, value: string) => boolean): boolean {
	const [, name = '', value = ''] = /^-*([\w.-]+)=(\S+)$/.exec(word) ?? [];
	return name === '' ? isSecret('', word) : isSecret(name, value);
}

function inData(object: KubeObject, isSecret: (name: string, value: string) => boolean): readonly Fault[] {
	return Object.entries(objectAt(object, 'data')).flatMap(([key, value]): readonly Fault[] => {
		if (typeof value !== 'string' || !isSecret(key, value)) return [];
		const path = `data[${key}]`;
		return [{paths: [path], mends: [{path, remove: true}], evidence: `the key ${key} is a secret in the open`}];
	});
}

function inAnnotations(object: KubeObject, isSecret: (name: string, value: string) => boolean): readonly Fault[] {
	const applied = 'kubectl.kubernetes.io/last-applied-configuration';
	return Object.entries(object.metadata.annotations ?? {}).flatMap(([key, value]): readonly Fault[] => {
		const holds = key === applied ? object.kind === 'Secret' && /"(data|stringData)":\{"/.test(value) : isSecret(key, value);
		const path = `metadata.annotations[${key}]`;
		return holds ? [{paths: [path], mends: [{path, remove: true}], evidence: `the annotation ${key} holds a secret`}] : [];
	});
}

/** What is mounted where, of what is there: for who wants to know what a break-in would reach. */
function mounted(kind: string, id: string, source: string, nameField: string): AnyCheck {
	return check({
		id,
		family: 'secret',
		title: `Workloads reach no ${kind} that they do not need`,
		why: 'Whoever breaks into the container has what is mounted there.',
		severity: 'low',
		...onWorkloads((workload, _settings, world) => mountFaults(workload, world, {kind, source, nameField}), {reads: [kind]}),
	});
}

type Mounted = {readonly kind: string; readonly source: string; readonly nameField: string};

function mountFaults(workload: Workload, world: World, {kind, source, nameField}: Mounted): readonly Fault[] {
	return listAt(workload.podSpec, 'volumes').flatMap(volume => {
		const name = textAt(volume, source, nameField);
		const object = name === undefined ? undefined : world.named(kind, namespaceOf(workload), name);
		if (object === undefined) return [];
		return workload.containers.flatMap((container): readonly Fault[] =>
			mountsOf(container, valueAt(volume, 'name')).map(path => ({
				paths: [path],
				mends: [{path, remove: true}],
				evidence: `container ${container.name} mounts ${kind} ${name}`,
				related: [{resource: refOf(object), paths: []}],
			})),
		);
	});
}

const mountsOf = ({container, path}: WorkloadContainer, volume: Json | undefined) =>
	listAt(container, 'volumeMounts').flatMap((mount, index) =>
		valueAt(mount, 'name') === volume ? [`${path}.volumeMounts[${index}]`] : [],
	);
