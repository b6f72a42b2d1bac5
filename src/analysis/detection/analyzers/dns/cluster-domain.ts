import {objectAt, textAt} from '../../../../core/kube/json-at.ts';
import {nearestNames} from '../../../../core/text/nearest-names.ts';
import {oncePerSurvey} from '../../once-per-survey.ts';
import type {Survey} from '../../survey.ts';

/** The domain that clusters have where nobody chose another. */
export const usualDomain = 'cluster.local';

/** What Services have that several clusters share (the MCS API): a domain beside that of the cluster. */
const sharedDomain = 'clusterset.local';

/** What name servers of the cluster are told: makers of clusters call the settings of CoreDNS otherwise (`rke2-coredns-rke2-coredns`, `node-local-dns`). */
const settingsOf = oncePerSurvey((survey: Survey): readonly string[] =>
	survey
		.all('ConfigMap', 'kube-system')
		.filter(({metadata}) => /dns/.test(metadata.name))
		.flatMap(map => Object.keys(objectAt(map, 'data')).map(key => textAt(map, 'data', key) ?? '')),
);

/** The domain that the DNS of the cluster answers for, as its Corefile says; undefined where that is not read, or says none or several. */
export const domainOf = oncePerSurvey((survey: Survey): string | undefined => {
	const found = settingsOf(survey).flatMap(text => /^\s*kubernetes\s+([a-z][a-z0-9.-]*[a-z0-9])/m.exec(text)?.[1] ?? []);
	const [domain, ...others] = new Set(found);
	return others.length > 0 ? undefined : domain;
});

const digits = (text: string) => text.replaceAll(/\D+/g, ' ').trim();

/**
 * Whether a domain is that of the cluster nearly, step by step, and was meant for it: not one that the name servers are told of, nor one that differs in its
 * number, as the domains of sister clusters do.
 */
export function isDomainMisspelt(domain: string, meant: string, survey: Survey): boolean {
	const [steps, wanted] = [domain.split('.'), meant.split('.')];
	return (
		domain !== meant &&
		domain !== sharedDomain &&
		digits(domain) === digits(meant) &&
		steps.length === wanted.length &&
		steps.every((step, at) => nearestNames(step, [wanted[at] ?? '']).length > 0) &&
		!settingsOf(survey).some(text => text.split(/[\s{}[\]:,"]+/).includes(domain))
	);
}
