import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {World} from '../../world.ts';

/** The cluster as if what is spared were not there: no group, no likeness and no default can mean it. */
export function worldWithout(world: World, isSpared: (object: KubeObject) => boolean): World {
	return {
		...world,
		namespaces: async () => {
			const spared = new Set((await world.objects('Namespace')).filter(isSpared).map(({metadata}) => metadata.name));
			return (await world.namespaces()).filter(name => !spared.has(name));
		},
		objects: async (kind, namespace) => (await world.objects(kind, namespace)).filter(object => !isSpared(object)),
	};
}
