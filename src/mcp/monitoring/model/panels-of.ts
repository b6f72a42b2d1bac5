import type {Json, JsonObject} from '../../../core/json.ts';
import {listAt, objectAt, textAt} from '../../../core/kube/json-at.ts';
import {shortLine} from '../../../core/text/short-line.ts';

type Panel = {readonly title: string; readonly type: string; readonly source?: string; readonly queries: string[]};

const mostLetters = 500;

/** Fields in which the data sources that people use have their queries. */
const queryFields = ['expr', 'query', 'rawSql', 'expression'] as const;

/** Panels of a dashboard in the classic schema, those in rows among them, with what they ask. Texts are third parties' words. */
export function panelsOf(model: JsonObject): Panel[] {
	// A row that is closed holds its panels itself; rows lie in no other row.
	const all = listAt(model, 'panels').flatMap(panel => [panel, ...listAt(panel, 'panels')]);
	return all.filter(panel => textAt(panel, 'type') !== 'row').map(toldPanel);
}

function toldPanel(panel: Json): Panel {
	const {datasource} = objectAt(panel);
	const source = typeof datasource === 'string' ? datasource : textAt(datasource, 'uid');
	return {
		title: shortLine(textAt(panel, 'title') ?? '', mostLetters),
		type: textAt(panel, 'type') ?? '',
		...(source === undefined ? {} : {source}),
		queries: listAt(panel, 'targets').flatMap(target => {
			const query = queryFields.map(field => textAt(target, field)).find(text => text !== undefined);
			return query === undefined ? [] : [shortLine(query, mostLetters)];
		}),
	};
}
