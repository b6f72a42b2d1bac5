import type {Resource} from '../resource.ts';
import {ageOf} from './age.ts';
import type {Column} from './column.ts';

export const nameColumn: Column = {
	name: 'Name',
	format: 'name',
	description: 'Name must be unique within a namespace.',
	cell: ({metadata}) => metadata.name,
};

export const ageColumn: Column = {name: 'Age', cell: ({metadata}, now) => ageOf(metadata.creationTimestamp, now)};

export function columnsOf(_resource: Resource): readonly Column[] {
	return [nameColumn, ageColumn];
}
