import {listAt, textAt} from '../../../core/kube/json-at.ts';
import {podSpecOf} from '../../../core/kube/pod-spec.ts';
import type {World} from '../world.ts';

const name = String.raw`["'\`]?([a-z0-9][a-z0-9-]*)["'\`]?`;
const kind = '(?:deployment|statefulset|daemonset|stateful set|daemon set|cron ?job|job|workload|service|one|pods?|container)';
const koreanKind = '(?:디플로이먼트|스테이트풀셋|데몬셋|크론잡|잡|워크로드|파드|서비스)';
const phrases: readonly RegExp[] = [
	new RegExp(
		String.raw`\b(?:(?:with|on|using|from|runs?|running|use|uses) )?(?:the )?(?:very )?(?:same|current|live|existing) image (?:as|that|of|which|from) (?:the |our )?(?:${kind} )?${name}(?:'s)?(?: ${kind})?(?: (?:uses|runs|has|does|is (?:using|running)))?`,
		'i',
	),
	new RegExp(
		String.raw`\b(?:the )?image (?:of|from|that|used by) (?:the |our )?(?:${kind} )?${name}(?: ${kind})?(?: (?:uses|runs|has))?\b`,
		'i',
	),
	new RegExp(String.raw`\bimage:? (?:same )?as (?:in |for )?(?:the )?(?:${kind} )?${name}(?: ${kind})?`, 'i'),
	new RegExp(String.raw`\b(?:with|using|on) ${name}'s image\b`, 'i'),
	new RegExp(
		String.raw`${name}(?:의|이|가)? ?(?:${koreanKind}(?:와|과|랑|이|가|의)?|와|과|랑|하고)? ?(?:쓰는 |사용하는 |사용 ?중인 |돌리는 )?(?:같은|동일한|똑같은|쓰는|사용하는|현재|지금) ?이미지(?:를 그대로|그대로)?`,
		'i',
	),
	new RegExp(
		String.raw`이미지(?:는|를|도)? ?${name}(?:의|와|과|랑|하고)? ?(?:${koreanKind}(?:와|과|랑|하고|의)?)? ?(?:같은|동일|똑같|그대로)[가-힣]*`,
		'i',
	),
];

/** A text in which the image of something live stands in place of the words that point at it: `same image as the api deployment`. */
export async function withLiveImage(text: string, world: World): Promise<string> {
	for (const phrase of phrases) {
		const found = phrase.exec(text);
		const image = found?.[1] === undefined ? undefined : await imageOf(found[1], world);
		if (found !== null && image !== undefined)
			return `${text.slice(0, found.index)}${/[가-힣]/.test(text) ? `${image} 이미지` : `image ${image}`}${text.slice(found.index + found[0].length)}`;
	}
	return text;
}

/** The one image that workloads of this name run in their first container; undefined where they differ. */
async function imageOf(workload: string, world: World): Promise<string | undefined> {
	const images = new Set<string>();
	for (const each of ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job', 'Pod'])
		for (const object of await world.objects(each)) {
			const image = object.metadata.name === workload ? textAt(listAt(podSpecOf(object), 'containers')[0], 'image') : undefined;
			if (image !== undefined) images.add(image);
		}
	return images.size === 1 ? [...images][0] : undefined;
}
