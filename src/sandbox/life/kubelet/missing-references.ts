import type {Container, EnvVar, Pod} from '../pod-shapes.ts';
import type {World} from '../world.ts';

/** Why a container cannot be configured, in the kubelet's words: an absent ConfigMap, Secret or key; undefined when all is there. */
export function configError(world: World, {metadata}: Pod, container: Container): string | undefined {
	const {namespace} = metadata;
	for (const {configMapRef, secretRef} of container.envFrom ?? []) {
		if (
			configMapRef?.name !== undefined &&
			configMapRef.optional !== true &&
			world.get('ConfigMap', namespace, configMapRef.name) === undefined
		) {
			return `configmap "${configMapRef.name}" not found`;
		}
		if (secretRef?.name !== undefined && secretRef.optional !== true && world.get('Secret', namespace, secretRef.name) === undefined) {
			return `secret "${secretRef.name}" not found`;
		}
	}
	for (const variable of container.env ?? []) {
		const problem = keyProblem(world, namespace, variable);
		if (problem !== undefined) return problem;
	}
	return undefined;
}

function keyProblem(world: World, namespace: string | undefined, {valueFrom}: EnvVar): string | undefined {
	const map = valueFrom?.configMapKeyRef;
	if (map?.name !== undefined && map.optional !== true) {
		const found = world.get('ConfigMap', namespace, map.name);
		if (found === undefined) return `configmap "${map.name}" not found`;
		if (found.data?.[map.key] === undefined) return `couldn't find key ${map.key} in ConfigMap ${namespace}/${map.name}`;
	}
	const secret = valueFrom?.secretKeyRef;
	if (secret?.name !== undefined && secret.optional !== true) {
		const found = world.get('Secret', namespace, secret.name);
		if (found === undefined) return `secret "${secret.name}" not found`;
		if (found.data?.[secret.key] === undefined) return `couldn't find key ${secret.key} in Secret ${namespace}/${secret.name}`;
	}
	return undefined;
}

/** Why a volume cannot be mounted: the pod stays in ContainerCreating. */
export function mountError(world: World, {metadata, spec}: Pod): string | undefined {
	for (const {name, configMap, secret} of spec.volumes ?? []) {
		const words = (what: string) => `MountVolume.SetUp failed for volume "${name}" : ${what} not found`;
		if (
			configMap?.name !== undefined &&
			configMap.optional !== true &&
			world.get('ConfigMap', metadata.namespace, configMap.name) === undefined
		) {
			return words(`configmap "${configMap.name}"`);
		}
		if (
			secret?.secretName !== undefined &&
			secret.optional !== true &&
			world.get('Secret', metadata.namespace, secret.secretName) === undefined
		) {
			return words(`secret "${secret.secretName}"`);
		}
	}
	return undefined;
}
