import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Clause} from '../clause.ts';
import type {Intent} from '../understanding.ts';
import {moodOf} from '../words/mood/mood-of.ts';
import {imagesIn} from '../words/values.ts';
import type {World} from '../world.ts';
import {jobOfCronJob} from './kinds/batch.ts';
import {creation} from './make-all.ts';
import {mentionsIn} from './reading/mentions.ts';
import {isNameWord, nameBeside, statedNames} from './reading/naming.ts';
import {type Wish, wishOf} from './reading/wish.ts';
import {sceneOf, targetOf} from './scene.ts';

const runs =
	/\b(?:run|runs|rerun|re-run|start|trigger|execute|kick|fire|launch|do|done|go|once|create|make|spin|by hand|manual\w*)\b|실행|돌[려리릴]|수동|한 ?번|만들|생성/i;
/** What is to become of the CronJob itself. */
const changes =
	/\b(?:resume|unsuspend|unpause|reschedule|delete|remove|every|hourly|daily|nightly|at \d)\b|재개|삭제|지워|지우|바꿔|바꾸|변경|매일|매주|마다/i;

/**
 * One run of a live CronJob under a name of its own, in one sentence or several: `label-cleanup is paused, but I need one run of it. Create that as job
 * cleanup-now`. The CronJob stays as it is.
 */
export const runByHand: Intent = {
	name: 'run a cron job by hand',
	async understand(whole, world) {
		if (moodOf(whole.text) !== 'order' || imagesIn(whole).length > 0 || !runs.test(whole.text)) return undefined;
		const wish = wishOf(whole.text, whole.language);
		const name = await newName(wish, world);
		if (name === undefined) return undefined;
		const scene = await sceneOf(wish, undefined, world, {planned: [], place: undefined});
		const cron = await targetOf(scene, ['CronJob'], new Set(wish.words.flatMap(({raw}, at) => (raw === name ? [at] : []))));
		if (cron.kind !== 'one' || changes.test(withoutNames(whole.text))) return undefined;
		const made = await jobOfCronJob(scene, cron.object, name);
		if (made.kind === 'lacking') return {kind: 'question', text: made.text, choices: made.choices};
		return made.kind === 'objects' ? {...creation(whole, made.objects, []), said: said(whole, cron.object, name)} : undefined;
	},
};

const said = ({language}: Clause, {metadata}: KubeObject, name: string) =>
	language === 'ko'
		? `크론잡 ${metadata.namespace}/${metadata.name}을(를) 잡 ${name}(으)로 한 번 실행`
		: `Run CronJob ${metadata.namespace}/${metadata.name} once, as Job ${name}`;

const withoutNames = (text: string) => text.replaceAll(/[a-z0-9]+(?:-[a-z0-9]+)+/g, ' ');

/** The name that a wish gives to a Job, where nothing has it. */
async function newName(wish: Wish, world: World): Promise<string | undefined> {
	const jobs = mentionsIn(wish).filter(({kind}) => kind === 'Job');
	if (jobs.length === 0) return undefined;
	const live = [...(await world.objects('CronJob')), ...(await world.objects('Job'))].map(({metadata}) => metadata.name);
	const taken = new Set([...live, ...(await world.namespaces())]);
	const isFree = (at: number | undefined): at is number =>
		at !== undefined && isNameWord(wish, at) && !taken.has(wish.words[at]?.raw ?? '');
	const at = [...statedNames(wish), ...jobs.map(job => nameBeside(wish, job, index => !isFree(index)))].find(isFree);
	return at === undefined ? undefined : wish.words[at]?.raw;
}
