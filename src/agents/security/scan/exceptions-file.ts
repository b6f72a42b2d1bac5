import * as z from 'zod';
import type {Exception} from '../../../analysis/scan/exceptions.ts';

const exception = z.strictObject({
	/** Id of a check; `*` stands for any letters. */
	check: z.string().min(1).max(100),
	/** `Kind/namespace/name`, `Kind/name` for what is in no namespace; `*` stands for any letters of one part. */
	object: z
		.string()
		.max(600)
		.regex(/^[A-Za-z*]+\/[^/\s]+(?:\/[^/\s]+)?$/, 'an object is Kind/namespace/name, or Kind/name for what is in no namespace'),
	/** Only faults at this field and below it. */
	path: z.string().min(1).max(500).optional(),
	owner: z.string().min(1).max(200),
	reason: z.string().min(1).max(1000),
	/** The last day, `2027-03-31`: what nobody looks at again is no exception. */
	expires: z.iso.date('expires is a day, such as "2027-03-31"'),
});

/** What `security.yaml`, or a file that a command names, says of exceptions. */
export const exceptionsFileSchema = z.strictObject({exceptions: z.array(exception).max(2000).default([])});

/** The faults that somebody answers for, as the person wrote them down. */
export type ExceptionPorts = {readonly exceptions: () => Promise<readonly Exception[]>};
