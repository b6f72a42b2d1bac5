import {lacking, type Made, objects} from '../made.ts';
import {limitRangeOf} from '../manifests/limits.ts';
import {nameIn} from '../name-in.ts';
import {boundsIn} from '../reading/limits/bounds.ts';
import {alreadyThere, placeOf, type Scene} from '../scene.ts';

/** What each container, pod or claim of a namespace gets, and between which amounts it has to stay. */
export async function makeLimitRange(scene: Scene): Promise<Made> {
	const {wish} = scene;
	const namespace = placeOf(scene);
	const name = nameIn(scene) ?? `${namespace}-limits`;
	const there = await alreadyThere(scene, 'LimitRange', name, namespace);
	if (there !== undefined) return there;
	const bounds = boundsIn(wish, [name, namespace]);
	if (bounds.length === 0)
		return lacking(wish, `Which CPU and memory should LimitRange ${name} set?`, `LimitRange ${name}에 CPU와 메모리를 얼마로 정할까요?`);
	return objects(limitRangeOf({name, namespace}, bounds));
}
