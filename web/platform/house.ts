/** The name of this installation, for the titles of pages that say it themselves. */
export function houseOf(matches: readonly ({ loaderData?: unknown } | undefined)[]): string {
  const root = matches[0]?.loaderData as { installation?: string } | undefined;
  return root?.installation ?? "";
}
