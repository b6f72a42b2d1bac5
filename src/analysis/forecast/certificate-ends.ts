import {textAt} from '../../core/kube/json-at.ts';
import {refOf, refText} from '../../core/kube/kube-object.ts';
import {count} from '../../core/text/count.ts';
import {factsOf} from '../detection/secret-facts.ts';
import type {Survey} from '../detection/survey.ts';
import type {Forecast, Forecasts} from './forecast.ts';
import {severityBy, timeLeftText} from './time-left.ts';

/** Certificates of TLS Secrets that end within a time; those that ended are what detection tells. */
export function certificateEnds(survey: Survey, withinMs: number): Forecasts {
	const secrets = survey.all('Secret').filter(secret => textAt(secret, 'type') === 'kubernetes.io/tls');
	const read = secrets.flatMap(secret => {
		const own = factsOf(secret)?.certificates[0];
		return own === undefined ? [] : [{secret, end: own.notAfter, subject: own.subject}];
	});
	const unread = secrets.length - read.length;
	const why = survey.whyUnread('Secret', survey.snapshot.namespace);
	return {
		found: read.flatMap(({secret, end, subject}): readonly Forecast[] => {
			const seconds = Math.round((Date.parse(end) - survey.nowMs) / 1000);
			if (seconds <= 0 || seconds * 1000 > withinMs) return [];
			const timeLeft = {seconds, earliestSeconds: seconds, latestSeconds: seconds};
			const name = refText(refOf(secret));
			return [
				{
					id: 'certificate-expires',
					severity: severityBy(timeLeft),
					resource: refOf(secret),
					path: 'data[tls.crt]',
					cause: `The certificate of ${name} ends ${timeLeftText(timeLeft)}`,
					evidence: [{source: name, detail: `${subject} is valid until ${end}`}],
					timeLeft,
					remedies: [],
				},
			];
		}),
		looked: read.length,
		notChecked: [
			...(unread === 0 ? [] : [{what: `certificates of ${count(unread, 'Secret')}`, why: 'nothing was read of when they end'}]),
			...(why === undefined ? [] : [{what: 'certificates', why}]),
		],
	};
}
