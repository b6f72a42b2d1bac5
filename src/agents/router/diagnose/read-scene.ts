import type {Scene} from '../../../analysis/diagnosis/case.ts';
import {reasonKinds, statusKinds, wideReasonKinds, wideStatusKinds} from '../../../analysis/diagnosis/scene-kinds.ts';
import type {World} from '../world.ts';

/** All that a diagnosis in a namespace looks at. */
export async function readScene(world: World, namespace: string): Promise<Scene> {
	const lists = await Promise.all([
		...[...statusKinds, ...reasonKinds].map(kind => world.objects(kind, namespace)),
		...[...wideStatusKinds, ...wideReasonKinds].map(kind => world.objects(kind)),
	]);
	return {namespace, objects: lists.flat()};
}
