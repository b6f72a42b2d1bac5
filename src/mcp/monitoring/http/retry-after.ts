/**
 * Milliseconds that a server asks to be left alone, by its header `Retry-After`: seconds or a date; undefined where it says nothing.
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function retryAfterMs(header: string | readonly string[] | undefined, nowMs: number): number | undefined {
	const text = [header].flat()[0]?.trim();
	if (text === undefined || text === '') return undefined;
	if (/^\d{1,7}$/.test(text)) return Number(text) * 1000;
	const at = Date.parse(text);
	return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
