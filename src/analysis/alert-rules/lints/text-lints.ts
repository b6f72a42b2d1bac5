import {isAlerting} from '../rule.ts';
import type {Lint, Said} from './lint.ts';

/** Severities by which alerts are routed. */
const severities = ['critical', 'warning', 'info'];

/** Whoever is woken must know how grave it is, what it is and what to do. */
export const toldWell: Lint = ({rule}) => {
	if (!isAlerting(rule)) return [];
	const {labels, annotations} = rule;
	const missing = (field: 'labels' | 'annotations', id: string, what: string, severity: Said['severity']): Said => ({
		...{id, severity, field},
		reason: `there is no ${what}`,
		remedy: `Add ${what}.`,
	});
	const unknown: readonly Said[] =
		labels.severity === undefined || severities.includes(labels.severity)
			? []
			: [
					{
						...{id: 'severity/unknown', severity: 'info', field: 'labels'},
						reason: `severity "${labels.severity}" is none of ${severities.join(', ')}: routes may not know it`,
						remedy: 'Take one of them, or see to it that a route knows it.',
					},
				];
	return [
		...unknown,
		...(labels.severity === undefined
			? [missing('labels', 'severity/missing', `label severity (${severities.join(', ')})`, 'warning')]
			: []),
		...(annotations.summary === undefined ? [missing('annotations', 'summary/missing', 'annotation summary', 'info')] : []),
		...(annotations.description === undefined ? [missing('annotations', 'description/missing', 'annotation description', 'info')] : []),
		...(annotations.runbook_url === undefined ? [missing('annotations', 'runbook/missing', 'annotation runbook_url', 'info')] : []),
		// Alerts of one rule with other labels each time are other alerts: `for` never passes.
		...Object.entries(labels)
			.filter(([, text]) => /\$value\b/.test(text))
			.map(
				([name]): Said => ({
					...{id: 'template/value-in-label', severity: 'error', field: 'labels'},
					reason: `the label ${name} changes with the value: each value is a new alert, which waits anew and is told anew`,
					remedy: 'Tell the value in an annotation.',
				}),
			),
	];
};
