import {catalogueAreas} from '../../src/analysis/alert-rules/alert-catalogue.ts';

/** A part of the page for each alert of the catalogue: the anchors that alerts link to. */
export function alertParts(): string {
	const alerts = catalogueAreas().flatMap(area => area.alerts);
	const byName = Map.groupBy(alerts, ({name}) => name);
	return [...byName.entries()]
		.sort(([one], [other]) => (one < other ? -1 : 1))
		.map(([name, same]) => {
			const levels = same.map(({severity, for: held}) => `${severity}${held === undefined ? '' : ` after ${held}`}`).join(', ');
			const said = [...new Set(same.map(({summary}) => summary))].join('. ');
			return `### ${name}\n\n${said} (${levels}).\n\nLook first at: ${[...new Set(same.map(({look}) => lowerFirst(look)))].join(' ')}`;
		})
		.join('\n\n');
}

const lowerFirst = (text: string) => (/^[A-Z]{2}/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1));
