import * as z from 'zod';
import type {Hits} from '../advisories/port.ts';

/** A source of data about vulnerabilities, with how old it is. */
export const databaseSchema = z.object({name: z.string(), date: z.string().optional(), records: z.number().optional()});
export type ToldDatabase = z.output<typeof databaseSchema>;

/** Of advisories: the day of the newest change of any record. */
export const databaseOf = (place: string, {records, newest}: Hits): ToldDatabase => ({
	name: `advisories of ${place}`,
	...(newest === undefined ? {} : {date: newest.slice(0, 10)}),
	records,
});

/** `advisories of osv: database of 2026-11-20, 4291 records` */
export const databaseText = ({name, date, records}: ToldDatabase) =>
	`${name}: ${date === undefined ? 'of an unknown date' : `database of ${date}`}${records === undefined ? '' : `, ${records} records`}`;
