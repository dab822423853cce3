// What the activity report can be grouped by. Separate from the report, because the command line lists these words.

export const ACTIVITY_FIELDS = ['activity', 'user', 'day', 'client'] as const
export type ActivityField = (typeof ACTIVITY_FIELDS)[number]
