import type {Finding} from '../finding.ts';
import {refText} from '../kube/kube-object.ts';

/** What a report is made of: what was looked at by which command, and what it found. */
export type Reported = {
	/** `mkcoa incident detect` */
	readonly command: string;
	readonly version: string;
	readonly findings: readonly Finding[];
};

/** Formats that other programs read findings in. */
export const reportFormats = ['sarif', 'junit', 'markdown', 'oscal'] as const;

export type ReportFormat = (typeof reportFormats)[number];

const severities: readonly Finding['severity'][] = ['low', 'medium', 'high', 'critical'];

/** Whether one of the findings is a failure of this severity or a graver one. */
export const reaches = (findings: readonly Finding[], least: Finding['severity']) =>
	findings.some(({status, severity}) => status === 'fail' && severities.indexOf(severity) >= severities.indexOf(least));

/** What a finding is about, for people; what belongs to no object is about the cluster. */
export const aboutText = ({resource}: Finding) => (resource === undefined ? 'the cluster' : refText(resource));

/** What a finding says beside its cause: the field, unless the evidence names it already, and what was seen. */
export const evidenceTexts = ({path, evidence}: Finding): readonly string[] => [
	...(path === undefined || evidence.some(({source}) => path.split(', ').includes(source) || source === path) ? [] : [`Field: ${path}`]),
	...evidence.map(({source, detail}) => `${source}: ${detail}`),
];

/** Every remedy of a finding in words. */
export const remedyTexts = ({remedy, choices}: Finding): readonly string[] =>
	(choices ?? (remedy === undefined ? [] : [remedy])).map(({text}) => text);
