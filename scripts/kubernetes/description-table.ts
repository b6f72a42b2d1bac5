import {type OpenApi, schemaTable, shortName} from './schema-table.ts';

/**
 * What the OpenAPI document says about every type of the schema table and its fields, one type a line; the type's own words stand under ''.
 * Words that recur are numbers into the list `words`.
 */
export function descriptionTable(document: OpenApi): string {
	const {types}: {types: object} = JSON.parse(schemaTable(document));
	const words: string[] = [];
	const numbers = new Map<string, number>();
	const numberOf = (text: string) => {
		const known = numbers.get(text) ?? words.push(text) - 1;
		numbers.set(text, known);
		return known;
	};
	const rows = Object.entries(document.definitions).flatMap(([name, {description = '', properties = {}}]) => {
		if (!Object.hasOwn(types, shortName(name))) return [];
		const fields = Object.entries(properties).flatMap(([key, field]) =>
			field.description === undefined ? [] : [[key, numberOf(field.description)] as const],
		);
		return [`${JSON.stringify(shortName(name))}:${JSON.stringify(Object.fromEntries([['', numberOf(description)] as const, ...fields]))}`];
	});
	return `{"types":{\n${rows.join(',\n')}\n},"words":[\n${words.map(text => JSON.stringify(text)).join(',\n')}\n]}`;
}
