import type {Json} from '../json.ts';
import {textAt} from '../kube/json-at.ts';
import {containersOf, podSpecOf} from '../kube/pod-spec.ts';
import type {Consequence} from '../plan.ts';
import {type ChangeQuestion, type Rule, say} from './question.ts';

/** The parts of an image reference: the first part is a registry when it looks like a host. */
function partsOf(image: string): {readonly registry: string; readonly tag: string | undefined; readonly isPinned: boolean} {
	const [name = '', digest] = image.split('@');
	const [first = '', ...rest] = name.split('/');
	const isHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
	const tag = /:([\w.-]+)$/.exec(name.slice(name.lastIndexOf('/') + 1))?.[1];
	return {registry: isHost ? first : 'docker.io', tag, isPinned: digest !== undefined};
}

function ofContainer(container: Json, earlier: string | undefined, {ref}: ChangeQuestion): readonly Consequence[] {
	const image = textAt(container, 'image');
	if (image === undefined || image === earlier) return [];
	const name = textAt(container, 'name') ?? '';
	const {registry, tag, isPinned} = partsOf(image);
	const was = earlier === undefined ? undefined : partsOf(earlier).registry;
	return [
		...(was !== undefined && was !== registry
			? [say('other-registry', 'warning', `The image of ${name} comes from ${registry} instead of ${was}`, ref)]
			: []),
		...(!isPinned && (tag === undefined || tag === 'latest')
			? [
					say(
						'moving-tag',
						'warning',
						`${image} ${tag === undefined ? 'has no tag' : 'is a moving tag'}: what runs may differ from pod to pod, and going back may not bring the old image`,
						ref,
					),
				]
			: []),
	];
}

/** New images: from where they come, and whether their name says what they are. */
export const imageRule: Rule = question => {
	const {before, after} = question;
	if (after === null) return [];
	const earlier = new Map(
		before === null ? [] : containersOf(podSpecOf(before)).map(container => [textAt(container, 'name'), textAt(container, 'image')]),
	);
	return containersOf(podSpecOf(after)).flatMap(container => ofContainer(container, earlier.get(textAt(container, 'name')), question));
};
