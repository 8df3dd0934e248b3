/** Texts of mixed length for made-up conversations. */
export const demoTexts = [
  "Morning! Did the seedlings survive the night?",
  "All but two. The basil is sulking, as basil does.",
  "Ha. Give it a window and a kind word.",
  "I moved everything under the bench and covered it with the old blanket. The thermometer said 3 degrees at six, which is closer than I would like, but the tomatoes look fine and the beans have not noticed anything at all.",
  "👍",
  "Here is the plan for Saturday:\n1. pick up the boards\n2. sand the long side\n3. coffee\n4. argue about the hinges",
  "Coffee should be first.",
  "The notes are at https://example.org/garden/notes (see the second page).",
  "ok",
  "Can somebody bring the level? Mine went missing after the shed.",
  "I have one. It is yellow and it lies, but only a little.",
  "שלום! זה עובד גם מימין לשמאל.",
  "明日の朝、九時に集まりましょう。",
  "🎉🎉",
  "Perfect, see you there.",
  "One more thing: the gate code changed, I will tell you when you are at the gate. Please do not forward it, the neighbours were quite upset the last time half the street knew it.",
];
