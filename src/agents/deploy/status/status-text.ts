import {age} from '../../../core/text/age.ts';
import {count} from '../../../core/text/count.ts';
import {stripControl} from '../../../core/text/strip-control.ts';
import {textLines} from '../../../core/text/styled.ts';
import {textTable} from '../../../core/text/text-table.ts';
import type {View} from '../../../core/tool.ts';
import {progressText} from '../backends/progress-text.ts';
import {rolloutStateLines} from '../staged/record/rollout-state.ts';
import type {Status} from './status-output.ts';

const signs: {readonly [state in Status['state']]: string} = {
	healthy: '✓',
	'rolling-out': '-',
	canary: '-',
	paused: '!',
	stuck: '✗',
	degraded: '✗',
};

/** What serves which share, why a pod does not run and since when, and what to do next: for somebody who was just woken up. */
export function statusText(status: Status, view: View): string {
	const {
		name,
		namespace,
		state,
		summary,
		images,
		revision,
		canary,
		pods,
		podsLeftOut,
		troubles,
		next,
		notChecked,
		progress,
		rollout,
		lost,
	} = status;
	const isFailing = troubles.some(({lasting}) => lasting);
	const say = (text: string, lead = '') => textLines(lead, stripControl(text), view);
	return [
		...(progress === undefined
			? say(`${namespace}/${name} ${state}: ${summary}`, `${isFailing ? '✗' : signs[state]} `)
			: progressText(progress, view)),
		...say(`revision ${revision}, ${images.join(', ')}`),
		...(canary === undefined
			? []
			: say(`${canary.track} ${canary.name}: ${canary.ready}/${canary.desired} ready, ${canary.images.join(', ')}`)),
		...(rollout === undefined
			? []
			: rolloutStateLines(rollout, view).flatMap(line => say(line, rollout.state === 'stopped' ? '! ' : '- '))),
		...(lost === undefined ? [] : say(lost.text, '! ')),
		...troubles.flatMap(trouble => say(troubleText(trouble, view.nowMs), trouble.lasting ? '✗ ' : '! ')),
		...next.flatMap(step => say(step, '> ')),
		...sharesText(status, view),
		...(notChecked === undefined ? podsText(pods, view) : say(`Pods were not checked: ${notChecked}`, '! ')),
		...(podsLeftOut === 0 ? [] : say(`${count(podsLeftOut, 'more pod')} left out; see mkcoa k8s list pods -n ${namespace}`)),
	].join('\n');
}

function troubleText({track, pods, text, since}: Status['troubles'][number], nowMs: number): string {
	const who = pods === 0 ? `${track}: ` : `${count(pods, `${track} pod`)}: `;
	const atMs = Date.parse(since);
	return `${who}${text}${Number.isNaN(atMs) ? '' : `, since ${age(nowMs - atMs)}`}`;
}

/** Only where more than one version is there: a single one serves all. */
function sharesText({versions, canary}: Status, view: View): readonly string[] {
	if (versions.length < 2) return [];
	const shares = canary?.apart !== true;
	const rows = versions.map(({track, images, ready, pods, share}) => [
		...(shares ? [`${Math.round(share * 100)} %`] : []),
		`${ready}/${pods}`,
		track,
		shortened(images.join(', '), view),
	]);
	return ['', textTable({headers: [...(shares ? ['SHARE'] : []), 'PODS', 'TRACK', 'VERSION'], rows, view})];
}

const besideVersion = 24;

/** The end of an image tells versions apart: where there is no room for all of it, the registry goes. */
const shortened = (images: string, {terminal, width}: View) =>
	terminal && images.length > width - besideVersion ? images.replaceAll(/=[^=, ]*\//g, '=') : images;

function podsText(pods: Status['pods'], view: View): readonly string[] {
	if (pods.length === 0) return ['no pods'];
	const rows = pods.map(pod => [pod.name, pod.track, pod.ready, pod.phase, pod.restarts, age(view.nowMs - Date.parse(pod.createdAt))]);
	return ['', textTable({headers: ['POD', 'TRACK', 'READY', 'STATUS', 'RESTARTS', 'AGE'], rows, view})];
}
