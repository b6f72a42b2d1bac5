import type {JsonObject} from '../../../../core/json.ts';
import {objectAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {textMapAt} from '../../../../mcp/kubernetes/model/fields.ts';
import {amountsIn} from '../../words/amounts.ts';
import {pairsIn} from '../../words/values.ts';
import {lacking, type Made, objects} from '../made.ts';
import {cronJobOf, type JobWish, jobOf, jobSpec} from '../manifests/workloads.ts';
import {podIn} from '../pods/pod-wish.ts';
import {cronWordsIn, jobWordsIn, withoutCommands} from '../reading/batch-words.ts';
import {baseName} from '../reading/image.ts';
import {scheduleIn} from '../reading/schedule.ts';
import {timeZoneIn} from '../reading/time-zone.ts';
import type {Wish} from '../reading/wish.ts';
import {alreadyThere, narrowed, objectsOf, placeOf, type Scene, targetOf} from '../scene.ts';
import {workloadName} from '../workload-name.ts';
import {lacksImage, mentionOf, podWish, usedIn, withWholeSources} from './workloads.ts';

/** `one at a time` is said of the runs of a CronJob, not of the pods of one. */
const cronPods = (wish: Wish): JobWish => {
	// It is the CronJob that is suspended, not the Jobs that it makes.
	const job = {...jobWordsIn(wish), suspend: undefined};
	return job.parallelism === 1 ? {...job, parallelism: undefined} : job;
};

export async function makeCronJob(whole: Scene): Promise<Made> {
	const pod = await withWholeSources(whole, podIn(whole.wish, mentionOf));
	const scene = await narrowed(whole, pod.rest, mentionOf);
	const {wish} = scene;
	const given = workloadName(scene, pod.image, usedIn(scene, pod));
	if (pod.image === undefined) return lacksImage(wish, 'CronJob', given);
	const name = given ?? baseName(pod.image);
	const place = {name, namespace: placeOf(scene)};
	const there = await alreadyThere(scene, 'CronJob', name, place.namespace);
	if (there !== undefined) return there;
	const text = withoutCommands(wish);
	const schedule = scheduleIn(text);
	if (schedule === undefined)
		return lacking(
			wish,
			`When should ${name} run? Say a time such as "every day at 03:40", or a cron line.`,
			`${name}을(를) 언제 실행할까요? "매일 03:40"처럼 말하거나 cron 표현식을 알려 주세요.`,
		);
	return objects(
		cronJobOf(place, podWish(pod, name, pod.image), cronPods(wish), {schedule, timeZone: timeZoneIn(text), ...cronWordsIn(wish)}),
	);
}

/** A Job of an image, or of the template of a live CronJob. */
export async function makeJob(whole: Scene): Promise<Made> {
	const pod = await withWholeSources(whole, podIn(whole.wish, mentionOf));
	const scene = await narrowed(whole, pod.rest, mentionOf);
	const {wish} = scene;
	const given = workloadName(scene, pod.image, usedIn(scene, pod));
	const image = pod.image;
	const cron = await targetOf(scene, ['CronJob']);
	if (cron.kind === 'asks') return cron.made;
	if (cron.kind === 'one' && (image === undefined || !/[:/]/.test(image))) return jobOfCronJob(scene, cron.object, given);
	if (image === undefined) return lacksImage(wish, 'Job', given);
	const place = {name: given ?? baseName(image), namespace: placeOf(scene)};
	const there = await alreadyThere(scene, 'Job', place.name, place.namespace);
	return there ?? objects(jobOf(place, jobSpec(podWish(pod, place.name, image), jobWordsIn(wish), place.name)));
}

const runs =
	/\b(?:runs?|running|re-?run|start|trigger|kick|fire|launch|execute|create|make|spin|manual(?:ly)?|by hand|now|once|again|immediately|instance)\b|\b(?:a|an|one|another|new) (?:\S+ )?job\b|\bjob from\b|실행|돌[려리]|만들|생성|수동|한 ?번|띄[워우]|지금|바로/i;

/** Settings that a Job made of a template would not have. */
const isSet = ({words}: Wish) =>
	pairsIn({words}).length > 0 ||
	amountsIn({words}).some(({kind}) => kind === 'quantity') ||
	words.some(({raw}) => /^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/.test(raw));

/** What `kubectl create job --from` makes: the template as it stands, marked as run by hand. */
export async function jobOfCronJob(scene: Scene, cron: KubeObject, given: string | undefined): Promise<Made> {
	if (!runs.test(scene.wish.text) || isSet(scene.wish))
		return lacking(
			scene.wish,
			`Should ${cron.metadata.name} be run now as it is, or should the CronJob be changed, and how?`,
			`${cron.metadata.name}을(를) 지금 그대로 실행할까요, 아니면 크론잡을 바꿀까요? 바꾼다면 어떻게 할까요?`,
		);
	const namespace = cron.metadata.namespace ?? scene.world.namespace;
	const taken = new Set((await objectsOf(scene, 'Job', namespace)).map(({metadata}) => metadata.name));
	const manual = `${cron.metadata.name}-manual`;
	const free = (index: number): string => (taken.has(`${manual}-${index}`) ? free(index + 1) : `${manual}-${index}`);
	const own = given === cron.metadata.name ? undefined : given;
	const name = own ?? (taken.has(manual) ? free(2) : manual);
	const there = await alreadyThere(scene, 'Job', name, namespace);
	if (there !== undefined) return there;
	const template = objectAt(cron, 'spec', 'jobTemplate');
	const job: JsonObject & KubeObject = {
		apiVersion: 'batch/v1',
		kind: 'Job',
		metadata: {
			name,
			namespace,
			labels: textMapAt(template, 'metadata', 'labels'),
			annotations: {...textMapAt(template, 'metadata', 'annotations'), 'cronjob.kubernetes.io/instantiate': 'manual'},
		},
		spec: objectAt(template, 'spec'),
	};
	return objects(job);
}
